"""`doctor`: what is found, and what is none of its business."""

import json
import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from bench import Bench
from pretend import item, rss
from shell import Shell

from aggregator.cli.upkeep import unreadable
from aggregator.config import Config, load
from aggregator.doctor import Machine, diagnose
from aggregator.store import Store
from aggregator.store.retention import Retention

ONE, TWO = "https://one.example/feed", "https://two.example/feed"
WELL = Machine(free=lambda _: 10**12, resolve=lambda host, port: ["192.0.2.1"])


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("urn:x:a", "A bridge opens")))
    bench.source("Two", rss("Two", item("urn:x:b", "Owls return")))
    bench.refresh()
    return bench


def found(bench: Bench, machine: Machine = WELL) -> list[str]:
    file = bench.folder / "aggregator.toml"
    file.write_text(bench.toml, encoding="utf-8")
    return [
        f"{each.fault}: {each.remedy}".replace(str(bench.folder), "")
        for each in diagnose(load(file), file, bench.now, machine)
    ]


def test_where_all_is_well_nothing_is_found(bench: Bench) -> None:
    assert found(bench) == []


def test_a_source_that_fails_for_weeks_needs_a_person_and_one_of_days_does_not(bench: Bench) -> None:
    del bench.web.pages[ONE]
    for _ in range(20):
        bench.later(days=1)
        bench.refresh_all()
        told = found(bench)
        assert bool(told) == (bench.now.day > 15)
    assert told == [
        "One: cannot be read since 2026-03-01: there is nothing at its address (404): see whether a browser"
        " opens it; correct its address in /aggregator.toml, or take it out: `aggregator remove One`"
    ]


def test_a_limit_that_cannot_be_kept_is_reported(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.toml = f'[store]\nkeep_size = "10MB"\n{bench.toml}'
    assert found(bench) == []
    monkeypatch.setattr(Retention, "size", lambda _: 13_000_000)
    monkeypatch.setattr(Retention, "shrinks", lambda _: False)
    told = found(bench)

    assert [line.partition(": ")[2].partition(",")[0] for line in told] == [
        "13 MB are in use",
        "has free pages that it cannot give back",
    ]


def test_a_source_that_never_answered_is_given_some_days(bench: Bench) -> None:
    bench.toml += '[[source]]\nname = "Three Four"\nurl = "https://three.example/feed"\n'
    for _ in range(12):
        bench.refresh_all()
        bench.later(hours=9)
    (told,) = found(bench)
    assert told.startswith(
        "Three Four: cannot be read from the first visit on: there is nothing at its address"
    )
    assert "`aggregator remove 'Three Four'`" in told


def test_a_source_that_is_gone_for_good_is_found(bench: Bench) -> None:
    bench.web.status[TWO] = 410
    for _ in range(4):
        bench.later(days=4)
        bench.refresh_all()
    told = [line for line in found(bench) if line.startswith("Two: is not visited any more: ")]
    assert [line.rpartition(": `")[2] for line in told] == ["aggregator remove Two`"]


def test_a_source_that_has_moved_is_found_with_an_address_without_its_keys(bench: Bench) -> None:
    memory = json.dumps({"address": "https://moved.example/feed?token=secret&page=1"})
    with Store(bench.folder / "var/aggregator.db") as store, store.writing():
        store.db.execute("UPDATE sources SET memory = ? WHERE name = 'One'", [memory])
    assert found(bench) == [
        'One: has moved for good: write its new address into /aggregator.toml: "https://moved.example/feed?page=1"'
    ]


def test_sources_that_nobody_visits_are_found(bench: Bench) -> None:
    bench.later(days=2)
    (told,) = found(bench)
    assert told.startswith("sources have been due since 2026-03-01 1")
    assert "systemctl status aggregator" in told


def test_a_clock_that_was_set_back_is_found(bench: Bench) -> None:
    bench.later(hours=-3)
    (told,) = found(bench)
    assert told.startswith(
        "the last visit was made at 2026-03-01 12:00 UTC, and it is 2026-03-01 09:00 now: set"
    )


def test_a_full_disk_is_one_line(bench: Bench) -> None:
    full = Machine(free=lambda _: 7_000_000, resolve=WELL.resolve)
    assert found(bench, full) == [
        "7 MB are free on the disk of /var: make room: 200 MB are needed now and then"
    ]


def test_a_network_without_names_is_found_and_one_lost_name_is_not(bench: Bench) -> None:
    def none(host: str, port: int) -> list[str]:
        raise OSError(-3, "Temporary failure in name resolution")

    def some(host: str, port: int) -> list[str]:
        return none(host, port) if host == "one.example" else ["192.0.2.1"]

    assert found(bench, Machine(free=WELL.free, resolve=some)) == []
    assert found(bench, Machine(free=WELL.free, resolve=none)) == [
        "no host name can be resolved (one.example, two.example: Temporary failure in name resolution): see"
        " whether this machine is online, and what /etc/resolv.conf says"
    ]


def test_a_resolver_that_does_not_answer_is_not_waited_for(bench: Bench) -> None:
    over = threading.Event()

    def silent(host: str, port: int) -> list[str]:
        over.wait()
        return []

    (told,) = found(bench, Machine(free=WELL.free, resolve=silent, patience=0))
    over.set()
    assert "no answer in 0 seconds" in told


def test_a_list_that_fills_faster_than_we_visit_is_found_and_the_first_visit_is_not(bench: Bench) -> None:
    def five(day: int) -> bytes:
        titles = ("Owls return", "A bridge opens", "Rain falls", "Bread rises", "Trains stop")
        return rss("One", *(item(f"urn:x:{day}-{each}", f"{each} {day}") for each in titles))

    for day in range(3):
        bench.web.pages[ONE] = five(day)
        bench.later(days=1)
        bench.refresh_all()
    assert found(bench) == [
        "One: all 5 entries of its document were new at 3 visits this week, last on 2026-03-04: others may"
        ' have come and gone unseen: visit it more often: `every = "15m"` beside its address in'
        " /aggregator.toml"
    ]
    bench.later(days=9)
    bench.refresh_all()
    assert found(bench) == []


def test_our_own_feed_is_asked_for_at_its_public_address_and_only_there(bench: Bench) -> None:
    asked = []

    def reach(url: str) -> str:
        asked.append(url)
        return "the server is in trouble (502)"

    gone = replace(WELL, reach=reach)
    assert found(bench, gone) == []
    assert asked == []
    bench.toml = f'[feed]\nlink = "https://news.example/all"\n{bench.toml}'
    told = [line for line in found(bench, gone) if line.startswith("https://news.example/all/feed.atom: ")]
    assert len(told) == len(asked) == 1
    assert "readers cannot read our feed: the server is in trouble (502): see whether" in told[0]


def test_our_own_server_may_be_private_and_redirect_to_no_other_that_is() -> None:
    def answer(door: socket.socket) -> None:
        for target in ("/elsewhere", "http://127.0.0.2/"):
            with door.accept()[0] as line:
                line.recv(10_000)
                head = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nConnection: close\r\n"
                line.sendall(f"{head}Content-Length: 0\r\n\r\n".encode())

    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=answer, args=(door,), daemon=True).start()
        said = unreadable(Config(), "http://127.0.0.1:{1}/feed.atom".format(*door.getsockname()))
    assert said == "redirected to http://127.0.0.2/: 127.0.0.2 is not on the public internet"


def test_outputs_and_copies_that_are_not_there_are_found(bench: Bench) -> None:
    (bench.folder / "var/public/feed.atom").unlink()
    bench.toml = f'[store]\nbackup = "copies"\n{bench.toml}'
    assert found(bench) == [
        "/copies: no copy of the database is made any more: there is none: the log of `aggregator run` says"
        " why; `aggregator backup FILE` makes one",
        "/var/public: 1 file not as written, the first: feed.atom: the next refresh writes them again",
    ]
    bench.toml = f'[publish]\nfolder = "elsewhere"\n{bench.toml}'
    assert "/elsewhere: nothing has been published there yet: `aggregator fetch` does it" in found(bench)


def test_copies_from_some_days_ago_are_too_old(bench: Bench) -> None:
    bench.toml = f'[store]\nbackup = "copies"\n{bench.toml}'
    (bench.folder / "copies").mkdir()
    (bench.folder / "copies/aggregator-20260228T120000Z.db").touch()
    assert found(bench) == []
    bench.later(days=3)
    bench.refresh_all()
    assert ["the newest is of 2026-02-28 12:00 UTC" in line for line in found(bench)] == [True]


def test_a_damaged_database_is_found_and_nothing_more_is_read_of_it(bench: Bench) -> None:
    database = bench.folder / "var/aggregator.db"
    with Store(database) as store:
        root = store.db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'visits'").fetchone()[0]
    with database.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    (told,) = found(bench)
    assert told.startswith("the database is damaged: ")
    database.write_text("this is no database" * 100)
    (told,) = found(bench)
    assert told.startswith("/var/aggregator.db: file is not a database: ")


def test_it_exits_with_1_when_there_is_something_to_do_and_else_with_0(shell: Shell) -> None:
    said = shell.run("doctor")
    assert (said.code, said.err) == (1, "")
    assert "there is no database yet: `aggregator fetch` makes it" in said.out
    shell.run("fetch")
    assert shell.run("doctor", "--json").out == "[]\n"
    assert shell.run("doctor").out == "nothing is wrong\n"
    shell.config('[[source]]\nname = "Posts"\nfolder = "gone"\n')
    said = shell.run("doctor")
    assert (said.code, said.out.count("\n")) == (1, 1)
    assert said.out.endswith(f"no such folder: correct it in {shell.folder}/a.toml\n")


def test_it_changes_nothing(bench: Bench) -> None:
    before = {each: each.read_bytes() for each in bench.folder.rglob("*.*") if each.is_file()}
    found(bench)
    assert {each: each.read_bytes() for each in before} == before


def test_the_first_document_that_can_be_read_is_all_new_and_no_finding(bench: Bench) -> None:
    bench.toml += '[[source]]\nname = "Late"\nurl = "https://late.example/feed"\n'
    bench.refresh_all()
    titles = ("Owls return", "A bridge opens", "Rain falls", "Bread rises", "Trains stop")
    pages = bench.web.pages
    pages["https://late.example/feed"] = rss("Late", *(item(f"urn:x:{each}", each) for each in titles))
    bench.later(days=1)
    bench.refresh_all()
    assert found(bench) == []


def test_a_folder_or_a_database_that_we_must_not_write_to_is_found(bench: Bench) -> None:
    folder = bench.folder
    closed = {folder, folder / "var/public", folder / "var/public/story"}
    plain, bench.toml = bench.toml, f'[store]\nbackup = "copies"\n{bench.toml}'
    told = found(bench, replace(WELL, writable=lambda path: path not in closed))
    remedy = "give it to the user of the service: `chown -R USER"
    assert [line for line in told if "written to" in line] == [
        f"/var/public: cannot be written to: {remedy} /var/public`",
        f"/var/public/story: cannot be written to: {remedy} /var/public/story`",
        f"/copies: cannot be made, since  cannot be written to: {remedy} `",
    ]
    bench.toml, database = plain, folder / "var/aggregator.db"
    (line,) = found(bench, replace(WELL, writable=lambda path: path != database))
    assert line.startswith("/var/aggregator.db: cannot be written to: ")


def test_a_file_in_the_place_of_a_folder_is_found(bench: Bench) -> None:
    (bench.folder / "elsewhere").write_text("")
    bench.toml = f'[publish]\nfolder = "elsewhere"\n{bench.toml}'
    assert "/elsewhere: is a file, and should be a folder: move it away" in found(bench)


def test_a_fault_of_many_sources_is_named_for_three_of_them(bench: Bench) -> None:
    for number in range(9):
        bench.toml += f'[[source]]\nname = "S{number}"\nurl = "http://127.0.0.{number}/feed"\n'
    told = [line for line in found(bench) if "public internet" in line]
    assert [line[:11] for line in told] == ["source 'S0'", "source 'S1'", "source 'S2'"]
    assert "allow_networks (6 more like this): correct it" in told[2]
