"""One merged feed from many, with every story in it once.

For programs that embed it: load_config, parse_document, group_entries, refresh_sources; docs/api.md.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aggregator.api import group_entries, load_config, parse_document, refresh_sources

__version__ = "0.1.0"
__all__ = ["group_entries", "load_config", "parse_document", "refresh_sources"]


def __getattr__(name: str) -> Any:
    """Imports the functions when they are asked for: each module is an import of this package."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from aggregator import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
