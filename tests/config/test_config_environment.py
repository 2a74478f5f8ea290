"""Variables that override the file: every key of the sections, and nothing unnoticed."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from configs import written

from aggregator.config import load
from aggregator.config.environment import variable
from aggregator.config.read import SECTIONS
from aggregator.errors import ConfigError

FILE = '[fetch]\ntimeout = "20s"\nworkers = 3\n'


def loaded(folder: Path, **environ: str) -> Any:
    return load(written(folder, FILE), {f"AGGREGATOR_{name}": value for name, value in environ.items()})


def outside(folder: Path, **environ: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        loaded(folder, **environ)
    return list(caught.value.faults)


def test_a_variable_counts_more_than_the_file_which_counts_more_than_the_default(tmp_path: Path) -> None:
    fetch = loaded(tmp_path, FETCH__TIMEOUT="30s").fetch
    assert (fetch.timeout, fetch.workers, fetch.pause) == (timedelta(seconds=30), 3, timedelta(seconds=1))


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("SERVE__PORT", " 9000 ", 9000),
        ("FETCH__MAX_SIZE", "2MB", 2_000_000),
        ("FETCH__MAX_SIZE", "2000000", 2_000_000),
        ("SERVE__METRICS", "true", True),
        ("SERVE__METRICS", "OFF", False),
        ("FEED__TITLE", "42", "42"),
        ("FEED__LANGUAGE", "", ""),
        ("FEED__FORMATS", "rss, json", ("rss", "json")),
        ("FETCH__ALLOW_PORTS", "81, 82", (81, 82)),
        ("FETCH__ALLOW_PORTS", "[81, 82]", (81, 82)),
        ("FETCH__ALLOW_NETWORKS", "10.0.0.0/8,localhost:8000", ("10.0.0.0/8", "localhost:8000")),
        ("FETCH__ALLOW_NETWORKS", '["10.0.0.0/8"]', ("10.0.0.0/8",)),
        ("PUBLISH__HUBS", "", ()),
    ],
)
def test_a_value_has_the_type_of_its_key(tmp_path: Path, name: str, value: str, read: object) -> None:
    section, _, key = name.lower().partition("__")
    assert getattr(getattr(loaded(tmp_path, **{name: value}), section), key) == read


def test_keys_of_every_section_can_be_given_and_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    values = {"path": "a.db", "folder": "out", "private": "own", "backup": "copies", "backup_every": "2d"}
    values |= {"style": "a.css", "icon": "a.svg", "link": "https://a.example/", "hubs": "https://h.example/"}
    values |= {"language": "de", "timezone": "Europe/Berlin", "notify": "material", "byline": "title"}
    values |= {"formats": "rss", "images": "direct", "join": "copies", "host": "::1", "max_size": "1MB"}
    values |= {"allow_networks": "10.0.0.0/8", "proxy": "http://p.example:1", "tags": "on", "metrics": "on"}
    values |= {"every": "2h", "timeout": "9s", "pause": "9s", "window": "9h", "cache": "9m", "websub": "on"}
    values |= {"cluster": "tcp://scheduler:8786"}
    names = [(section, field.name) for section, kind in SECTIONS.items() for field in fields(kind)]
    given = [(section, key) for section, key in names if key in values]
    assert {section for section, _ in given} == set(SECTIONS)
    config = load(written(tmp_path, ""), {variable(*name): values[name[1]] for name in given})
    plain = load(written(tmp_path, ""))
    for section, key in given:
        assert getattr(getattr(config, section), key) != getattr(getattr(plain, section), key), key
    assert config.publish.folder == tmp_path / "out"


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("FETCH__TIMEOUT", "soon", '\'soon\' is not a duration like "90s", "30m", "6h", "2d"'),
        ("FETCH__WORKERS", "2.5", "'2.5' is not a whole number"),
        ("SERVE__METRICS", "maybe", "'maybe' is neither true nor false"),
        ("FEED__FORMATS", "[rss", "'[rss' is not a list of formats"),
        ("FEED__FORMATS", "pdf", "'pdf' is not one of atom, rss, json"),
        ("FETCH__TIMEOT", "s3cret", "unknown variable; did you mean AGGREGATOR_FETCH__TIMEOUT?"),
        ("fetch__timeout", "s3cret", "unknown variable; did you mean AGGREGATOR_FETCH__TIMEOUT?"),
        ("PASSWORD", "s3cret", "unknown variable; they are like AGGREGATOR_FETCH__TIMEOUT"),
        ("SOURCE__URL", "s3cret", "unknown variable; sources and outputs are only in the file"),
        ("FETCH__PROXY", "s3cret", "is not an address like http://proxy.example:3128"),
    ],
)
def test_a_wrong_variable_is_reported_by_its_name(tmp_path: Path, name: str, value: str, fault: str) -> None:
    (said,) = outside(tmp_path, **{name: value})
    assert said.startswith(f"AGGREGATOR_{name}: {fault}")
    assert "s3cret" not in said


def test_faults_of_the_file_and_of_variables_are_reported_together(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, "[feed]\nitems = 0\n"), {"AGGREGATOR_SERVE__PORT": "x"})
    file, variables = caught.value.faults
    assert "aggregator.toml: [feed] items" in file
    assert variables == "AGGREGATOR_SERVE__PORT: 'x' is not a whole number"


def test_variables_of_others_are_left_alone(tmp_path: Path) -> None:
    kubernetes = {"SERVICE_HOST": "10.0.0.1", "SERVICE_PORT_HTTP": "80", "PORT": "tcp://10.0.0.1:80"}
    loaded(tmp_path, **kubernetes, CONFIG="a.toml", PORT_80_TCP_ADDR="10.0.0.1")
    loaded(tmp_path, **{f"WEB_UI_{name}": value for name, value in kubernetes.items()}, WEB_PORT_80_TCP="x")
    assert load(written(tmp_path, FILE), {"PATH": "/bin", "OTHER_FETCH__TIMEOUT": "1"}).fetch.workers == 3


def test_a_port_that_is_no_service_and_bytes_that_are_no_text_are_faults(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match="SERVE_PORT: unknown variable; did you mean AGGREGATOR_SERVE__PORT"
    ):
        loaded(tmp_path, SERVE_PORT="80")
    with pytest.raises(ConfigError, match=r"STORE__PATH: .* cannot be the path of a file"):
        loaded(tmp_path, STORE__PATH="a\udcffb")
