"""Commands as a user types them."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from aggregator.cli import main

POST = '---\ntitle: "Bridge reopens"\ndate: 2026-02-28T10:00:00Z\n---\n\nIt opened.\n'


@dataclass
class Said:
    code: int
    out: str
    err: str


@dataclass
class Shell:
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capfd: pytest.CaptureFixture[str]

    def config(self, text: str) -> None:
        (self.folder / "a.toml").write_text(text, encoding="utf-8")

    def run(self, *words: str) -> Said:
        return self.said(*words, "--config", str(self.folder / "a.toml"))

    def said(self, *words: str) -> Said:
        argv = ["aggregator", *words]
        self.monkeypatch.setattr(sys, "argv", argv)
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self.capfd.readouterr()
        assert "Traceback" not in err
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, out, err)
