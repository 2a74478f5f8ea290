import errno
import os
from pathlib import Path

import pytest

from aggregator.errors import PublishError
from aggregator.publish.files import SECRET, publishing, withdraw, write


def test_new_and_changed_files_are_written_and_named(tmp_path: Path) -> None:
    assert write({"a": b"1", "b": b"2"}, tmp_path) == ["a", "b"]
    assert write({"a": b"1", "b": b"3"}, tmp_path) == ["b"]
    assert (tmp_path / "b").read_bytes() == b"3"


def test_an_equal_file_is_not_touched(tmp_path: Path) -> None:
    write({"a": b"1"}, tmp_path)
    before = (tmp_path / "a").stat()
    write({"a": b"1"}, tmp_path)
    after = (tmp_path / "a").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_reader_that_has_the_old_file_open_keeps_it_whole(tmp_path: Path) -> None:
    write({"a": b"old"}, tmp_path)
    with (tmp_path / "a").open("rb") as reader:
        write({"a": b"new!"}, tmp_path)
        assert reader.read() == b"old"


def test_nothing_is_left_beside_the_files(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/.a.new").write_bytes(b"half")  # of a process that was killed
    with publishing(tmp_path / "lock"):
        write({"a": b"1"}, tmp_path / "public")
    assert [path.name for path in (tmp_path / "public").iterdir()] == ["a"]


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PublishError, match="must be a folder that we can write to"):
        write({"a": b"1"}, tmp_path / "file")
    with pytest.raises(PublishError, match="the database's folder"), publishing(tmp_path / "no/lock"):
        pass


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_asks_for_room(tmp_path: Path, fault: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PublishError, match=f"{os.strerror(fault)}: make room on the disk"):
        write({"a": b"1"}, tmp_path)


def test_a_feed_is_on_the_disk_before_it_takes_its_name_and_a_thousand_pages_cost_no_thousand_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: list[int] = []
    monkeypatch.setattr(os, "fsync", forced.append)
    write({"feed.atom": b"1", "index.html": b"2"}, tmp_path)
    assert len(forced) == 2
    write({f"story/{number}.html": b"1" for number in range(9)}, tmp_path)
    assert len(forced) == 2


def test_a_web_server_can_read_what_is_open_and_nobody_else_what_is_secret(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write({"a": b"1", "b/c": b"2"}, tmp_path / "public")
        write({"a": b"1"}, tmp_path / "private", SECRET)
    finally:
        os.umask(before)
    modes = {str(path.relative_to(tmp_path)): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {
        "public": 0o755, "public/a": 0o644, "public/b": 0o755, "public/b/c": 0o644,
        "private": 0o700, "private/a": 0o600,
    }  # fmt: skip


def test_what_is_withdrawn_is_gone_and_named(tmp_path: Path) -> None:
    write({"a": b"1", "b": b"2"}, tmp_path)
    assert withdraw(["a", "never"], tmp_path) == ["a"]
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_what_lies_where_a_file_belongs_is_named(tmp_path: Path) -> None:
    (tmp_path / "public/feed.atom").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"public/feed\.atom: Is a directory: .*public must be"):
        write({"feed.atom": b"x"}, tmp_path / "public")
