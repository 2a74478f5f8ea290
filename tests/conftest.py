"""Settings of all property tests, and what several stages use."""

import gc
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import httpx
import program
import pytest
from hypothesis import HealthCheck, settings
from shell import POST, Shell

# A busy machine must not fail a test: an example may take as long as it takes.
settings.register_profile(
    "calm", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("calm")


IN_MEMORY = Path("/dev/shm")
ROOM = 1 << 30  # bytes: what the tests of a run hold at a time is a fraction of it


def pytest_configure() -> None:
    """Tests write to memory where there is room: none of them pulls the plug, so none waits for a disk."""
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


def pytest_collection_finish() -> None:
    gc.freeze()  # what was imported stays: it need not be searched for garbage again and again


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/one.md").write_text(POST, encoding="utf-8")
    shell = Shell(tmp_path, monkeypatch, capfd)
    shell.config('[[source]]\nname = "Posts"\nfolder = "posts"\n')
    return shell


@pytest.fixture(scope="session", autouse=True)
def programs() -> Iterator[None]:
    yield
    program.stop()


@pytest.fixture(scope="session", autouse=True)
def certificates() -> Iterator[None]:
    """Read once: that takes longer than all else that a new client does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx, "create_ssl_context", cache(httpx.create_ssl_context))
        yield
