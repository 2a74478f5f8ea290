"""Settings that are valid and have no effect, such as a pattern that no file matches: `check` names them."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from aggregator.config.keys import Config, StoreSection
from aggregator.config.values import shown
from aggregator.model import Source
from aggregator.text.file_patterns import fits
from aggregator.text.nearest import nearest_names

MOST = 10_000  # files of a folder that are looked at


def idle_settings(config: Config) -> Iterator[str]:
    for source in config.sources:
        where = f"source {shown(source.name)}: pattern: "
        if source.pattern != "*" and source.kind != "folder":
            yield f"{where}has no effect on a {source.kind}"
        elif source.kind == "folder" and nothing_fits(source):
            yield f"{where}no file matches {shown(source.pattern)} now"
    tags = {tag for source in config.sources for tag in source.tags}
    for output in config.outputs:
        for tag in output.tags:
            if tag not in tags:
                near = nearest_names(tag, tags)
                hint = f"did you mean {shown(near[0])}?" if near else "only entries of feeds may bring it"
                yield f"output {shown(output.name)}: tags: no [[source]] has the tag {shown(tag)}; {hint}"
    if not config.store.backup:
        for key in ("backup_every", "backup_keep"):
            if getattr(config.store, key) != getattr(StoreSection(), key):
                yield f"[store] {key}: has no effect without [store] backup"


def nothing_fits(source: Source) -> bool:
    root = Path(source.address)
    paths = (path.relative_to(root).as_posix() for path in islice(root.rglob("*"), MOST) if path.is_file())
    return not any(fits(name, source.pattern) for name in paths)
