from pathlib import Path

import pytest

from aggregator.errors import PublishError
from aggregator.publish import publish, publishing


def test_new_and_changed_files_are_written_and_named(tmp_path: Path) -> None:
    assert publish({"a": b"1", "b": b"2"}, tmp_path) == ["a", "b"]
    assert publish({"a": b"1", "b": b"3"}, tmp_path) == ["b"]
    assert (tmp_path / "b").read_bytes() == b"3"


def test_an_equal_file_is_not_touched(tmp_path: Path) -> None:
    publish({"a": b"1"}, tmp_path)
    before = (tmp_path / "a").stat()
    publish({"a": b"1"}, tmp_path)
    after = (tmp_path / "a").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_reader_that_has_the_old_file_open_keeps_it_whole(tmp_path: Path) -> None:
    publish({"a": b"old"}, tmp_path)
    with (tmp_path / "a").open("rb") as reader:
        publish({"a": b"new!"}, tmp_path)
        assert reader.read() == b"old"


def test_nothing_is_left_beside_the_files(tmp_path: Path) -> None:
    with publishing(tmp_path):
        publish({"a": b"1"}, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "a"]


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PublishError, match="folder must be a folder"), publishing(tmp_path / "file"):
        pass
