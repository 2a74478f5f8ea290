from aggregator.subscriptions.discover import Found, Look, discover
from aggregator.subscriptions.edit import add_source, remove_source
from aggregator.subscriptions.opml import read_opml, write_opml

__all__ = ["Found", "Look", "add_source", "discover", "read_opml", "remove_source", "write_opml"]
