"""The benchmarks name what is there: a rename must not break them unseen."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

from stages import STAGES, holder

TRAINING = {"lightgbm", "numpy", "wordfreq"}
SCRIPTS = sorted((Path(__file__).parent.parent / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_is_a_function_of_the_program(stage: str) -> None:
    place, name = holder(STAGES[stage])
    assert callable(getattr(place, name))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_script_can_be_imported(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    assert "__main__" in source or script.stem == "stages"
    try:
        exec(compile(source, str(script), "exec"), {"__name__": script.stem, "__file__": str(script)})
    except ModuleNotFoundError as e:
        if e.name not in TRAINING:
            raise
        pytest.skip(f"{script.name} needs {e.name}: pip install -e '.[train]'")
