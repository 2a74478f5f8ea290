"""What should lie in the output folders."""

from collections.abc import Iterator

from aggregator.config import Config, token_files
from aggregator.model import Finding
from aggregator.publish.verify import changed_files
from aggregator.store import Store


def unwritten(store: Store, config: Config) -> Iterator[Finding]:
    folders = [config.publish.folder, *([config.publish.private] if token_files(config) else [])]
    for folder in folders:
        if not store.published.mark(folder):
            yield Finding(f"{folder}: nothing has been published there yet", "`aggregator fetch` does it")
    yield from changed_files(store, config)
