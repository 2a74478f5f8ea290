"""The unit of docs/operations.md, as systemd judges it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

OPERATIONS = (Path(__file__).parents[2] / "docs/operations.md").read_text(encoding="utf-8")
MOST = 20  # tenths of systemd's 10 points of exposure


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_the_unit_exposes_little(tmp_path: Path) -> None:
    found = re.search(r"```ini\n(\[Unit\].*?)```", OPERATIONS, re.DOTALL)
    assert found
    unit = tmp_path / "aggregator.service"
    unit.write_text(found[1], encoding="utf-8")
    asked = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST}", str(unit)]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout[-500:]
