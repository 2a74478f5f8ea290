"""The operator's own style sheet and icon for the pages."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from aggregator.config.keys import Publish
from aggregator.errors import PublishError
from aggregator.publish.feeds import File
from aggregator.publish.files import size_and_time, write_fault


def icon_name(publish: Publish) -> str:
    return f"icon{publish.icon.suffix.lower()}" if publish.icon else "icon.svg"


def dress(publish: Publish) -> Iterator[File]:
    """Without a file that is missing, which `check` and `doctor` report: it must not keep back the feeds."""
    from aggregator.render.pages import ICON, OWN_STYLE

    if publish.icon and publish.icon.is_file():
        yield File(icon_name(publish), partial(operators_file, publish.icon, "icon"))
    elif not publish.icon:
        yield File(icon_name(publish), partial(bytes, ICON))
    if publish.style and publish.style.is_file():
        yield File(OWN_STYLE, partial(operators_file, publish.style, "style"))


def operators_file(path: Path, key: str) -> bytes:
    """Raises PublishError."""
    try:
        return path.read_bytes()
    except OSError as e:
        raise PublishError(
            f"{path}: {write_fault(e)}: [publish] {key} must be a file that we can read"
        ) from e


def dress_stamps(publish: Publish) -> list[tuple[int, int] | None]:
    """Others when one of the files has changed."""
    return [size_and_time(path.parent, path.name) for path in (publish.style, publish.icon) if path]
