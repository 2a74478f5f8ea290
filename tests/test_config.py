from datetime import timedelta
from pathlib import Path

import pytest

from aggregator.config import find, load
from aggregator.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    path = folder / "aggregator.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(written(folder, text))
    return [fault.split(".toml: ", 1)[1] for fault in caught.value.faults]


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    config = load(written(tmp_path, ""))
    assert config.serve.port == 8080
    assert config.sources == ()


def test_relative_paths_start_at_the_file(tmp_path: Path) -> None:
    config = load(written(tmp_path, '[store]\npath = "x/a.db"\n[[source]]\nname = "s"\nfolder = "posts"\n'))
    assert config.store.path == tmp_path / "x/a.db"
    assert config.publish.folder == tmp_path / "var/public"
    assert config.sources[0].address == str(tmp_path / "posts")


def test_durations_and_sizes_are_written_with_units(tmp_path: Path) -> None:
    config = load(written(tmp_path, '[fetch]\nevery = "30m"\nmax_size = "2MB"\n'))
    assert config.fetch.every == timedelta(minutes=30)
    assert config.fetch.max_size == 2_000_000


def test_a_source_takes_the_common_interval_unless_it_has_its_own(tmp_path: Path) -> None:
    config = load(
        written(
            tmp_path,
            '[fetch]\nevery = "2h"\n[[source]]\nname = "a"\nurl = "http://a.example/"\n'
            '[[source]]\nname = "b"\nurl = "http://b.example/"\nevery = "10m"\n',
        )
    )
    assert [source.every for source in config.sources] == [timedelta(hours=2), timedelta(minutes=10)]


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        '[fetch]\ntimout = "3s"\nworkers = 0\n[serve]\nport = "x"\n[[source]]\nname = "a"\n'
        '[[source]]\nname = "b"\nurl = "ftp://b.example/"\n[[source]]\nname = "b"\nfile = "x"\n',
    )
    assert len(found) == 6
    assert found[0] == "[fetch] timout: unknown key; did you mean 'timeout'?"
    assert found[1].startswith("[fetch] workers: 0 is not between 1")
    assert found[2] == "[serve] port: 'x' is not a whole number"
    assert found[3] == "source 'a': needs exactly one of url, file, folder"
    assert "does not start with http" in found[4]
    assert found[5] == "source 'b': the name is used twice"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("feed = 3\n", "feed: write it as a section [feed]"),
        ("[source]\nname = 'x'\n", "source: write each source as a [[source]] of its own"),
        ("[[source]]\nurl = 'http://x.example/'\n", "source 1: name: every source needs one"),
        ("[[source]]\nname = ''\nurl = 'http://x.example/'\n", "source '': name: every source needs one"),
        ("[fetch]\nevery = '30'\n", "[fetch] every: '30' is not a duration"),
        ("[fetch]\nallow_ports = ['x']\n", "[fetch] allow_ports: 'x' is not a whole number"),
        ("[fetch]\nallow_networks = ['10.0.0.0/33']\n", "[fetch] allow_networks: '10.0.0.0/33' is neither"),
        ("[fetch]\ncontact = 'me\\u000d\\u000aX: y'\n".replace("'", '"'), "[fetch] contact: 'me"),
        ("[feed]\nitems = true\n", "[feed] items: True is not a whole number"),
        ("[shop]\n", "shop: unknown key; known are feed"),
        ("[[source]]\nname='a'\nurl='http://a.example/'\ntags='x'\n", "source 'a': tags: 'x' is not a list"),
        ("x = \n", "this is not TOML: "),
    ],
)
def test_each_fault_says_where_and_what(tmp_path: Path, text: str, fault: str) -> None:
    assert faults(tmp_path, text)[0].startswith(fault)


def test_the_named_file_comes_before_the_environment(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.touch()
    two.touch()
    assert find(str(one), {"AGGREGATOR_CONFIG": str(two)}) == one
    assert find(None, {"AGGREGATOR_CONFIG": str(two)}) == two


def test_the_working_folder_comes_before_the_xdg_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "xdg/aggregator/aggregator.toml"
    there.parent.mkdir(parents=True)
    there.touch()
    assert find(None, {"XDG_CONFIG_HOME": str(tmp_path / "xdg")}) == there
    Path("config").mkdir()
    Path("config/aggregator.toml").touch()
    assert find(None, {"XDG_CONFIG_HOME": str(tmp_path / "xdg")}) == Path("config/aggregator.toml")


def test_a_missing_configuration_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no configuration at .*nowhere\.toml"):
        find(str(tmp_path / "nowhere.toml"), {})
