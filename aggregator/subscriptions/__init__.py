from aggregator.subscriptions.address import typed_address
from aggregator.subscriptions.discover import Found, PageLook, discover
from aggregator.subscriptions.edit import add_sources, remove_source
from aggregator.subscriptions.line import printable_line
from aggregator.subscriptions.opml import read_opml, write_opml

__all__ = [
    "Found",
    "PageLook",
    "add_sources",
    "discover",
    "printable_line",
    "read_opml",
    "remove_source",
    "typed_address",
    "write_opml",
]
