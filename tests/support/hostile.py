"""The hostile server, which lies beside the repository (../shared/hostile)."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SERVER = Path(__file__).parents[3] / "shared" / "hostile" / "hostile_server.py"

needed = pytest.mark.skipif(not SERVER.exists(), reason="../shared/hostile is not there")


@dataclass(frozen=True, slots=True)
class Server:
    ports: dict[str, int]

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports['port']}{path}", timeout=5) as answer:
            return json.loads(answer.read())

    def address(self, endpoint: dict[str, Any]) -> str:
        path = str(endpoint["path"])
        outside = path.startswith("http")
        return path.format(**self.ports) if outside else f"http://127.0.0.1:{self.ports['port']}{path}"

    @property
    def doors(self) -> list[str]:
        """All that may be visited: the canary may not."""
        return [f"127.0.0.1:{port}" for name, port in self.ports.items() if name != "canary"]


@contextmanager
def serving() -> Iterator[Server]:
    command = [sys.executable, str(SERVER)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        first = process.stdout.readline()
        if not first:
            pytest.skip("../shared/hostile/hostile_server.py does not start")
        try:
            yield Server(json.loads(first))
        finally:
            process.terminate()


@cache
def endpoints() -> list[dict[str, Any]]:
    listed = subprocess.run([sys.executable, str(SERVER), "--list"], capture_output=True, check=True)
    return list(json.loads(listed.stdout))
