from aggregator.subscriptions.discover import Found, Look, discover
from aggregator.subscriptions.edit import add_sources, remove_source
from aggregator.subscriptions.line import one_line
from aggregator.subscriptions.opml import read_opml, write_opml

__all__ = ["Found", "Look", "add_sources", "discover", "one_line", "read_opml", "remove_source", "write_opml"]
