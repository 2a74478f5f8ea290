"""Writes everything that readers fetch into the output folders.

Loads what renders them only when something has changed: that takes longer than a refresh without news.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from aggregator import __version__
from aggregator.config import MAIN, Config, all_outputs, token_files
from aggregator.model import Edition, Highlights, Output, Section, Site, Story, Topic
from aggregator.publish.dress import dress, dress_stamps, icon_name
from aggregator.publish.feeds import File, archives, edition_of, files, site_link
from aggregator.publish.files import (
    OPEN,
    SECRET,
    Modes,
    clear_drafts,
    publishing,
    size_and_time,
    withdraw,
    write,
)
from aggregator.publish.front_page import highlights_of
from aggregator.publish.older import older_pages
from aggregator.publish.source_pages import source_pages
from aggregator.publish.story_pages import story_pages, with_archived
from aggregator.publish.topics import topics_of
from aggregator.store import PublishedFile, Store
from aggregator.text.urls import shareable

SIGN = ".published"


def publish(store: Store, config: Config) -> list[str]:
    """Writes changed files and removes those of former outputs; returns the names of both.

    Costs next to nothing when neither the stories nor the configuration nor the folders have changed.
    """
    public, private = config.publish.folder, config.publish.private
    with publishing(publish_lock(store)):
        if any(output.holds == "problems" for output in config.outputs):
            with store.writing():
                store.problems.follow()
        dressed = dress_stamps(config.publish)
        state = settings_shown(config), dressed, store.published.revision(), store.statuses.ill()
        mark = sha256(repr(state).encode()).hexdigest()
        changed = update(store, public, OPEN, mark, open_files(store, config))
        return changed + update(store, private, SECRET, mark, secret_files(store, config))


def clear_up(store: Store, config: Config) -> None:
    """Call at start: removes half-written files of a killed process. Raises PublishError."""
    with publishing(publish_lock(store)):
        for folder in (config.publish.folder, config.publish.private):
            clear_drafts(folder)


def publish_lock(store: Store) -> Path:
    return store.path.with_name(f".{store.path.name}.publish")


def settings_shown(config: Config) -> object:
    """The settings on which the files depend, besides the stories."""
    sources = [(source.name, source.address, source.tags) for source in config.sources]
    return __version__, config.feed, config.publish, config.serve, all_outputs(config), sources


def open_files(store: Store, config: Config) -> Iterator[File]:
    listed: dict[int, Output] = {}  # stories in feeds, each with the first feed that has it
    for output in all_outputs(config):
        if not output.token_file:
            yield from archives(store, config, output)
            composed = edition_of(store, config, output)
            yield from files(composed, output)
            if output.holds == "stories":
                listed = {story.number: output for story in composed.stories} | listed
            if output.name != MAIN and output.holds == "stories" and MAIN not in token_files(config):
                page = partial(page_of_section, site_of(config), section(output), composed.stories)
                yield File(f"{output.name}.html", page)
            if output.name == MAIN:
                yield File("sources.opml", partial(subscriptions, config, store.statuses.pages()))
                best = highlights_of(store, output, composed)
                listed |= {story.number: output for story in (*best.top, *best.before)}
                yield from for_people(config, composed, best)
                yield from older_pages(store, output, site_of(config))
                yield from dress(config.publish)
    if MAIN not in token_files(config):
        site, wanted = site_of(config), with_archived(store, config, listed)
        marks = store.details.page_marks(wanted)
        yield from story_pages(store, config, site, wanted, marks)
        yield from source_pages(store, site, marks)


def page_of_section(site: Site, section: Section, stories: Sequence[Story]) -> bytes:
    from aggregator.render.pages import section_page

    return section_page(site, section, stories)


def subscriptions(config: Config, pages: Mapping[str, str]) -> bytes:
    from aggregator.subscriptions import write_opml

    sources = [replace(source, address=shareable(source.address)) for source in config.sources]
    return write_opml(config.feed.title, sources, pages)


def for_people(config: Config, edition: Edition, highlights: Highlights) -> Iterator[File]:
    """The pages as files, except those of stories."""
    from aggregator.render import page_files

    site, found = site_of(config), topics_of(edition.stories, config.feed.tags)
    topics = tuple(found)
    best = replace(highlights, topics=topics)
    for name, body in page_files(site, edition, (), best):
        yield File(name, partial(bytes, body))
    for topic, stories in found.items():
        yield File(topic.file, partial(page_of_topic, site, topic, stories, topics))


def page_of_topic(site: Site, topic: Topic, stories: Sequence[Story], topics: Sequence[Topic]) -> bytes:
    from aggregator.render.pages import topic_page

    return topic_page(site, topic, stories, topics)


def site_of(config: Config) -> Site:
    feed, main = config.feed, all_outputs(config)[0]
    return Site(
        feed.title,
        feed.description,
        site_link(config),
        feed.language,
        feed.timezone,
        icon_name(config.publish),
        bool(config.publish.style),
        config.publish.images,
        formats=main.formats,
        byline=main.byline,
        source_tags=main.source_tags,
        sections=tuple(map(section, open_sections(config))),
        paged=bool(feed.link),
    )


def open_sections(config: Config) -> list[Output]:
    """All that everybody may read, but the main one."""
    return [output for output in all_outputs(config)[1:] if not output.token_file]


def section(output: Output) -> Section:
    return Section(
        output.name,
        output.title,
        output.description,
        output.formats,
        paged=output.holds == "stories",
        by_day=output.order == "newest story",
    )


def secret_files(store: Store, config: Config) -> Iterator[File]:
    for output in all_outputs(config):
        if output.token_file:
            yield from files(edition_of(store, config, output), output)


def update(store: Store, folder: Path, modes: Modes, mark: str, files: Iterable[File]) -> list[str]:
    """Brings one folder up to date; records our files, so that others' are never removed."""
    known = store.published.files(folder)
    if store.published.mark(folder) == mark and all(lies(folder, each) for each in known.values()):
        return []
    changed: list[str] = []
    kept: dict[str, PublishedFile] = {}
    for file in signed(files):
        before = known.get(file.name)
        if not (file.mark and before and before.mark == file.mark and lies(folder, before)):
            changed += write({file.name: file.make()}, folder, modes)
        kept[file.name] = PublishedFile(file.name, *(size_and_time(folder, file.name) or (0, 0)), file.mark)
    gone = withdraw(known.keys() - kept.keys(), folder)
    with store.writing():
        store.published.keep(folder, mark, kept.values())
    return changed + gone


def signed(files: Iterable[File]) -> Iterator[File]:
    """Puts first an empty file, by which visits of folders recognise an output folder and skip it."""
    for number, file in enumerate(files):
        if number == 0:
            yield File(SIGN, bytes)
        yield file


def lies(folder: Path, file: PublishedFile) -> bool:
    return size_and_time(folder, file.name) == (file.size, file.mtime)
