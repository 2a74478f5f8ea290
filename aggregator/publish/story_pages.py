"""The pages of stories as files: one for every story in an open feed or in an archive document of one."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from aggregator import __version__
from aggregator.config import Config, all_outputs
from aggregator.model import Account, Output, Site
from aggregator.publish.explain import accounts
from aggregator.publish.feeds import File, archived_numbers, whole_stories
from aggregator.render.pages import story_files, templates_digest
from aggregator.store import Store

CHUNK = 200  # stories in memory at once


def story_pages(store: Store, config: Config, site: Site, listed: Mapping[int, Output]) -> Iterator[File]:
    """`listed`: number of a story in a feed -> the feed, by whose filters related stories are shown."""
    wanted = with_archived(store, config, listed)
    paged = store.accounts.present(wanted)
    order = sorted(paged)
    common = repr((__version__, templates_digest(), site))
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number in reversed(order):
        groups[wanted[number].name].append(number)
    for output in all_outputs(config):
        numbers = groups[output.name]
        for first in range(0, len(numbers), CHUNK):
            for told in accounts(store, whole_stories(store, numbers[first : first + CHUNK], output)):
                account = with_neighbours(told, order)
                mark = page_mark(common, account, paged)
                for name, make in story_files(site, account, paged):
                    yield File(name, make, mark)


def with_neighbours(account: Account, order: Sequence[int]) -> Account:
    """`order`: numbers of all stories that have a page."""
    place = bisect_left(order, account.story.number)
    older = order[place - 1] if place else None
    return replace(account, older=older, newer=next(iter(order[place + 1 : place + 2]), None))


def with_archived(store: Store, config: Config, listed: Mapping[int, Output]) -> dict[int, Output]:
    """And those in archive documents: of one that has gone into another since, that other one."""
    wanted = dict(listed)
    for output in all_outputs(config):
        if not output.token_file:
            numbers = set(archived_numbers(store, output)) - wanted.keys()
            there = store.accounts.present(numbers)
            survivors = {into for each in numbers - there if (into := store.accounts.into(each))}
            for number in there | survivors:
                wanted.setdefault(number, output)
    return wanted


def page_mark(common: str, account: Account, paged: Collection[int]) -> str:
    """Of all that a page is made from: one that lies there under this mark would come out the same.

    `common`: what all pages are made from.
    """
    linked = [each.number for each in account.story.related if each.number in paged]
    return sha256(f"{common}{account!r}{linked}".encode()).hexdigest()
