"""The whole path: a pretend web and real files in, real SQLite, published files out."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from bench import BRIDGE, FERRY, NESTS, OTHER_WORDS, OWLS, Bench
from make import NOON
from pretend import item, rss

from aggregator.config.keys import Fetch
from aggregator.refresh import LEASE, round_size
from aggregator.runtime import Summary
from aggregator.store import Store


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_entries_of_a_source_come_out_in_the_merged_feed(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE), item("b", "Snowy owls", OWLS)))
    summary = bench.refresh()
    assert (summary.ok, summary.added, summary.new) == (1, 2, 2)
    assert {entry.title for entry in bench.feed().entries} == {"Bridge reopens", "Snowy owls"}


def test_reports_on_one_event_come_out_once_with_all_their_sources(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Lindmark harbour bridge reopens to cyclists", BRIDGE)))
    bench.source("Two", rss("Two", item("b", "Harbour bridge in Lindmark reopens", OTHER_WORDS)))
    bench.source("Three", rss("Three", item("c", "Snowy owls counted", OWLS)))
    bench.refresh()
    sizes = sorted(1 + entry.content[0].value.count("<li>") for entry in bench.feed().entries)
    assert sizes == [1, 2]


def test_a_password_in_an_address_is_not_published(bench: Bench) -> None:
    bench.toml += '[[source]]\nname = "One"\nurl = "https://me:secret@one.example/feed"\n'
    bench.web.pages["https://one.example/feed"] = rss("One", item("a", "Bridge reopens", BRIDGE))
    bench.web.pages["https://me:secret@one.example/feed"] = rss("One", item("a", "Bridge reopens", BRIDGE))
    assert bench.refresh().ok == 1
    assert not [name for name, body in bench.published().items() if b"secret" in body]


def test_nothing_new_gives_the_same_bytes(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.refresh()
    before = bench.published()
    bench.later(hours=5)
    summary = bench.refresh()
    assert (summary.unchanged, summary.published) == (1, [])
    assert bench.published() == before


def test_a_source_that_is_not_due_is_not_visited(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.refresh()
    bench.later(minutes=5)
    assert bench.refresh().visits == 0
    assert len(bench.web.asked) == 1


def test_a_named_source_is_visited_whether_due_or_not(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.source("Two", rss("Two", item("b", "Snowy owls", OWLS)))
    bench.refresh()
    bench.refresh("Two")
    assert bench.web.asked.count("https://two.example/feed") == 2
    assert bench.web.asked.count("https://one.example/feed") == 1


def test_a_late_report_changes_neither_id_nor_dates_of_its_story(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Lindmark harbour bridge reopens to cyclists", BRIDGE)))
    bench.refresh()
    before = bench.feed().entries[0]
    bench.later(hours=3)
    bench.source("Two", rss("Two", item("b", "Harbour bridge in Lindmark reopens", OTHER_WORDS)))
    summary = bench.refresh()
    after = bench.feed().entries[0]
    assert (summary.new, summary.grown) == (0, 1)
    assert (after.id, after.published, after.updated) == (before.id, before.published, before.updated)
    assert "Two:" in after.content[0].value


def test_an_edited_entry_is_edited_and_not_added(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.refresh()
    bench.later(hours=3)
    bench.web.pages["https://one.example/feed"] = rss("One", item("a", "Bridge reopens today", BRIDGE))
    summary = bench.refresh()
    assert (summary.added, summary.edited, summary.new) == (0, 1, 0)
    assert [entry.title for entry in bench.feed().entries] == ["Bridge reopens today"]


def test_an_entry_that_leaves_its_source_stays_published(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.refresh()
    bench.later(hours=3)
    bench.web.pages["https://one.example/feed"] = rss("One", item("b", "Snowy owls", OWLS))
    bench.refresh()
    assert len(bench.feed().entries) == 2


def test_a_failing_source_does_not_stop_the_others(bench: Bench) -> None:
    bench.source("Gone")
    bench.source("Page", b"<!doctype html><html><title>Moved</title><body>Hello</body></html>")
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    summary = bench.refresh()
    assert (summary.ok, summary.failed) == (1, 2)
    assert len(bench.feed().entries) == 1
    faults = {visit.source: (visit.fault, visit.notes) for visit in bench.silent.seen if visit.fault}
    assert faults["Gone"][0] == "status"
    assert "web page, not a feed" in faults["Page"][1][0]


def test_a_page_that_is_no_feed_replaces_no_validator(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.refresh()
    good = bench.web.pages["https://one.example/feed"]
    bench.web.pages["https://one.example/feed"] = b"<html><body>maintenance</body></html>"
    bench.refresh("One")
    bench.web.pages["https://one.example/feed"] = good
    assert bench.refresh("One").unchanged == 1


def test_an_item_without_a_date_gets_the_time_of_its_first_visit_for_ever(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE, date="")))
    bench.refresh()
    bench.later(days=1)
    bench.web.pages["https://one.example/feed"] = rss("One", item("a", "Bridge reopens now", BRIDGE, date=""))
    bench.refresh()
    entry = bench.feed().entries[0]
    assert entry.title == "Bridge reopens now"
    assert entry.published == NOON.isoformat()


def test_a_date_in_the_future_does_not_make_an_edit_at_every_visit(bench: Bench) -> None:
    ahead = rss("One", item("a", "Bridge reopens", BRIDGE, date="Sun, 01 Mar 2026 20:00:00 GMT"))
    bench.source("One", ahead)
    bench.refresh()
    bench.later(hours=2)
    bench.web.pages["https://one.example/feed"] = ahead + b"<!-- other bytes -->"
    assert bench.refresh().edited == 0


def test_a_source_taken_out_of_the_configuration_keeps_what_was_published(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.refresh()
    bench.toml = '[fetch]\npause = "0s"\n'
    bench.later(days=1)
    assert bench.refresh().visits == 0
    assert len(bench.feed().entries) == 1


def test_a_source_with_a_new_address_is_asked_without_old_validators(bench: Bench) -> None:
    body = rss("One", item("a", "Bridge reopens", BRIDGE))
    bench.source("One", body)
    bench.refresh()
    bench.toml = bench.toml.replace("one.example", "moved.example")
    bench.web.pages["https://moved.example/feed"] = body
    summary = bench.refresh()
    assert (summary.ok, summary.added) == (1, 0)


POST = '---\ntitle: "Bridge reopens"\ndate: 2026-02-28T10:00:00Z\ntags: [cities]\n---\n\nIt *opened* again.\n'
DATED = " date 2026-02-27 Snowy owls return to the islands\n\nNORDHAVN\nMore owls than in any winter.\n"


def test_posts_and_dated_texts_are_told_apart_by_content(bench: Bench) -> None:
    bench.texts("Desk", **{"one.txt": POST, "two.md": DATED, "three": "A plain title\n\nAnd its text.\n"})
    assert bench.refresh().added == 3
    found = {entry.title: entry for entry in bench.feed().entries}
    assert found["Bridge reopens"].published == "2026-02-28T10:00:00+00:00"
    assert "<em>opened</em>" in found["Bridge reopens"].content[0].value
    assert found["Snowy owls return to the islands"].published == "2026-02-27T00:00:00+00:00"
    assert found["A plain title"].content[0].value == "And its text.<p>Desk</p>"


@pytest.mark.parametrize("text", [POST, DATED, "A plain title\n\nAnd its text.\n"])
def test_renaming_and_touching_a_file_make_no_new_entry(bench: Bench, text: str) -> None:
    folder = bench.texts("Desk", one=text)
    bench.refresh()
    before = bench.published()
    (folder / "one").rename(folder / "renamed.md")
    bench.refresh("Desk")
    (folder / "renamed.md").touch()
    bench.refresh("Desk")
    assert bench.published() == before


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        (POST, lambda text: text.replace("Bridge reopens", "Bridge is open").replace("It *", "Now it *")),
        (DATED, lambda text: text.replace("2026-02-27 Snowy", "2026-02-28 White")),
        ("A plain title\n\nText.\n", lambda text: text.replace("plain title", "better title")),
    ],
)
def test_editing_a_file_updates_its_entry(bench: Bench, text: str, edit: Callable[[str], str]) -> None:
    folder = bench.texts("Desk", one=text)
    bench.refresh()
    before = bench.feed().entries[0]
    (folder / "one").write_text(edit(text), encoding="utf-8")
    summary = bench.refresh("Desk")
    after = bench.feed().entries
    assert (summary.added, summary.edited, len(after)) == (0, 1, 1)
    assert after[0].title != before.title
    assert (after[0].id, after[0].published) == (before.id, before.published)


def test_removing_a_file_removes_nothing(bench: Bench) -> None:
    folder = bench.texts("Desk", one=POST)
    bench.refresh()
    (folder / "one").unlink()
    bench.refresh("Desk")
    assert len(bench.feed().entries) == 1


def test_a_saved_feed_in_a_folder_gives_its_entries(bench: Bench) -> None:
    bench.texts(
        "Desk", saved=rss("One", item("a", "Bridge reopens", BRIDGE), item("b", "Owls", OWLS)).decode()
    )
    assert bench.refresh().added == 2


def test_a_bad_file_is_one_line_at_every_visit_and_the_others_are_published(bench: Bench) -> None:
    folder = bench.texts("Desk", good=POST)
    (folder / "bad.bin").write_bytes(bytes(range(256)) * 10)
    for _ in range(2):
        bench.silent.seen.clear()
        bench.refresh("Desk")
        (visit,) = bench.silent.seen
        assert visit.result != "failed"
        assert len(visit.notes) == 1
        assert "bad.bin" in visit.notes[0]
    assert len(bench.feed().entries) == 1


def test_a_file_that_was_broken_for_a_while_keeps_its_entry(bench: Bench) -> None:
    folder = bench.texts("Desk", one=POST)
    bench.refresh()
    (folder / "one").write_bytes(b"\0\1\2\3" * 100)
    bench.refresh("Desk")
    (folder / "one").write_text(POST.replace("opened", "was opened"), encoding="utf-8")
    summary = bench.refresh("Desk")
    assert (summary.added, summary.edited) == (0, 1)


def test_a_missing_folder_is_a_failed_source(bench: Bench) -> None:
    bench.toml += '[[source]]\nname = "Desk"\nfolder = "nowhere"\n'
    assert bench.refresh().failed == 1
    assert bench.silent.seen[0].fault == "gone"


def test_another_refresh_s_sources_are_left_to_it(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.refresh()
    bench.later(days=1)
    with Store(bench.folder / "var/aggregator.db") as store, store.present():
        with store.writing():
            assert store.sources.claim_due(["One"], bench.now, bench.now + timedelta(minutes=30), 10)
        assert bench.refresh().visits == 0


def test_the_leases_of_a_killed_refresh_do_not_hold_up_the_next(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.refresh()
    bench.later(days=1)
    with Store(bench.folder / "var/aggregator.db") as store, store.writing():
        assert store.sources.claim_due(["One"], bench.now, bench.now + timedelta(minutes=30), 10)
    assert bench.refresh().visits == 1


def test_entries_kept_before_a_kill_are_placed_by_the_next_refresh(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.refresh()
    with Store(bench.folder / "var/aggregator.db") as store, store.writing():
        store.db.execute("DELETE FROM members")
        store.db.execute("DELETE FROM stories")
        store.db.execute("DELETE FROM window")
    assert bench.refresh().new == 1
    assert len(bench.feed().entries) == 1


def test_an_owner_who_asks_for_a_pause_gets_it_for_all_his_sources(bench: Bench) -> None:
    for name in ("a", "b", "c"):
        address = f"https://{name}.one.example/feed"
        bench.toml += f'[[source]]\nname = "{name}"\nurl = "{address}"\n'
        bench.web.status[address] = 429
    assert bench.refresh().visits == 1
    assert bench.refresh().visits == 0
    assert len(bench.web.asked) == 1


def test_what_has_come_is_published_while_one_source_hangs(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Snowy owls", OWLS)))
    bench.source("Two", rss("Two", item("b", "Bridge reopens", BRIDGE)))
    answer, feed = bench.web.answer, bench.folder / "var/public/feed.atom"
    seen: list[int] = []

    def hanging(request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + 5
        while request.url.host == "two.example" and not feed.exists() and time.monotonic() < until:
            pass
        seen.append(len(bench.feed().entries) if feed.exists() else 0)
        return answer(request)

    bench.web.answer = hanging  # type: ignore[method-assign]
    bench.refresh()
    assert sorted(seen) == [0, 1]
    assert len(bench.feed().entries) == 2


def test_a_pause_holds_for_a_source_that_is_due_before_it_ends(bench: Bench) -> None:
    for name, every in (("a", "1h"), ("b", "50m")):
        address = f"https://one.example/{name}"
        bench.toml += f'[[source]]\nname = "{name}"\nurl = "{address}"\nevery = "{every}"\n'
        bench.web.pages[address] = rss(name, item(name, "Bridge reopens", BRIDGE, date=""))
    bench.refresh()
    bench.later(minutes=45)
    bench.web.status["https://one.example/a"] = 429
    bench.refresh("a")
    assert "asked for a pause" in reasons(bench)["b"]


def test_a_source_that_is_gone_is_not_visited_with_all_nor_when_its_tags_change(bench: Bench) -> None:
    bench.source("One")
    bench.web.status["https://one.example/feed"] = 410
    bench.refresh()
    bench.toml += 'tags = ["news"]\nevery = "5m"\n'
    bench.later(days=2)
    assert bench.refresh().visits == 0
    assert bench.refresh_all().visits == 0
    assert bench.refresh("One").failed == 1


def test_two_dead_sources_are_not_taken_for_an_outage_while_a_third_one_answers(bench: Bench) -> None:
    bench.source("One")
    bench.source("Two")
    bench.source("Three", rss("Three", item("a", "Bridge reopens", BRIDGE)))
    bench.refresh()
    bench.later(minutes=20)
    bench.refresh("Three")
    bench.web.unreachable = True
    bench.refresh("One", "Two")
    assert "failed 2 times" in reasons(bench)["One"]
    bench.refresh("One", "Two")
    assert "offline" in reasons(bench)["One"]


def test_a_machine_without_a_network_blames_no_source(bench: Bench) -> None:
    bench.source("One")
    bench.source("Two")
    bench.web.unreachable = True
    assert bench.refresh().failed == 2
    with Store(bench.folder / "var/aggregator.db") as store:
        assert [each.reason for each in store.sources.health()] == ["this machine seems to be offline"] * 2
    bench.later(minutes=15)
    assert bench.refresh().visits == 2


def reasons(bench: Bench) -> dict[str, str]:
    with Store(bench.folder / "var/aggregator.db") as store:
        return {each.name: each.reason for each in store.sources.health()}


def why(bench: Bench) -> list[str]:
    with Store(bench.folder / "var/aggregator.db") as store:
        placed = store.db.query("SELECT level FROM members JOIN entries ON id = entry ORDER BY source, uid")
        return [row["level"] for row in placed]


def test_the_same_page_from_two_sources_is_one_story(bench: Bench) -> None:
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    duplicate = item("b", "Cyclists cross again", "Some other words").replace(
        "example/b<", "example/a?utm_source=x<"
    )
    bench.source("Two", rss("Two", duplicate, item("c", "Snowy owls", OWLS)))
    assert bench.refresh().new == 2
    assert why(bench) == ["alone", "same page", "alone"]


def test_the_same_text_from_two_sources_is_one_story(bench: Bench) -> None:
    wire = " ".join([BRIDGE, OWLS])
    bench.source("One", rss("One", item("a", "Bridge reopens to cyclists", wire)))
    bench.refresh()
    bench.later(hours=5)
    bench.source("Two", rss("Two", item("b", "Bridge reopens to cyclists", wire)))
    assert bench.refresh().grown == 1
    assert why(bench) == ["alone", "same text"]


def test_a_site_that_gives_all_its_items_new_ids_and_addresses_publishes_nothing_again(bench: Bench) -> None:
    pages = [("Bridge reopens to cyclists", f"{BRIDGE}. {FERRY}"), ("Snowy owls return", f"{OWLS}. {NESTS}")]
    old = [item(f"old-{number}", *page) for number, page in enumerate(pages)]
    bench.source("One", rss("One", *old))
    bench.refresh()
    ids = [entry.id for entry in bench.feed().entries]
    bench.later(days=200)
    new = [item(f"new-{number}", *page) for number, page in enumerate(pages)]
    bench.web.pages["https://one.example/feed"] = rss("One", *new)
    summary = bench.refresh()
    assert (summary.added, summary.new) == (2, 0)
    assert [entry.id for entry in bench.feed().entries] == ids
    assert "also reported by" not in bench.feed().entries[0].content[0].value


@pytest.mark.parametrize("workers", [32, 100, 500])
def test_a_round_in_which_every_source_times_out_ends_before_its_lease(workers: int) -> None:
    visits = round_size(workers) / workers
    assert visits >= 30
    assert visits * Fetch().timeout < LEASE


def test_a_refresh_publishes_on_its_way_only_while_that_takes_a_small_part_of_it() -> None:
    summary = Summary(began=100.0)
    assert summary.may_publish(100.2)

    summary.seconds["publish"] = 2.0

    assert not summary.may_publish(109.9)
    assert summary.may_publish(110.0)
