"""The newest stories into the output folder."""

from dataclasses import replace

from aggregator.compose import compose
from aggregator.config import Config
from aggregator.publish import publish, publishing
from aggregator.render import RENDERERS
from aggregator.store import Store


def edition(store: Store, config: Config) -> list[str]:
    """Writes the output folder anew; gives the names of the files that differ."""
    feed = config.feed
    with publishing(config.publish.folder):
        composed = compose(
            store.stories.newest(feed.items),
            name="feed",
            title=feed.title,
            description=feed.description,
            link=link(config),
            language=feed.language,
            items=feed.items,
        )
        composed = replace(composed, hubs=config.publish.hubs)
        return publish({name: render(composed) for name, render in RENDERERS.items()}, config.publish.folder)


def link(config: Config) -> str:
    """The public address of the site; without one, where a reader on this machine finds us."""
    host = "127.0.0.1" if config.serve.host in ("0.0.0.0", "::") else config.serve.host  # noqa: S104
    given = config.feed.link or f"http://{host}:{config.serve.port}"
    return given.rstrip("/") + "/"
