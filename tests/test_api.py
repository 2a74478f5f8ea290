"""The Python API: its examples run, it is small, and importing the package costs nothing."""

import ast
import inspect
import re
import sys
import threading
from pathlib import Path

import pytest

import aggregator
from aggregator.errors import ConfigError

PAGE = (Path(__file__).parent.parent / "docs/api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_run_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in EXAMPLES:
        exec(compile(example, "docs/api.md", "exec"), names)


def test_every_function_is_documented_and_has_an_example() -> None:
    for name in aggregator.__all__:
        assert len(inspect.getdoc(getattr(aggregator, name)) or "") > 100
        assert any(f"aggregator.{name}(" in example for example in EXAMPLES)


def test_the_package_itself_imports_nothing_of_ours() -> None:
    """Each command and each worker begins with this import."""
    tree = ast.parse(Path(aggregator.__file__).read_text(encoding="utf-8"))
    assert [ast.unparse(each) for each in tree.body if isinstance(each, ast.Import | ast.ImportFrom)] == [
        "from typing import TYPE_CHECKING, Any"
    ]


def test_names_of_modules_stay_modules() -> None:
    import aggregator.group
    import aggregator.refresh

    assert inspect.ismodule(sys.modules["aggregator"].group)
    assert set(aggregator.__all__) <= set(dir(aggregator))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = aggregator.nothing


def test_a_refresh_can_be_stopped_and_names_must_be_known(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[source]]\nname = "Desk"\nfolder = "."\n', encoding="utf-8")
    config = aggregator.load_config(tmp_path / "a.toml")
    stop = threading.Event()
    stop.set()
    assert aggregator.refresh_sources(config, stop=stop).visits == 0
    with pytest.raises(ConfigError, match="did you mean 'Desk'"):
        aggregator.refresh_sources(config, ["Dsk"])
    assert aggregator.refresh_sources(config, ["Desk"]).visits == 1
