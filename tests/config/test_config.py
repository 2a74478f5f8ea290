from datetime import timedelta
from pathlib import Path
from typing import get_type_hints

import pytest
from configs import faults, written

from aggregator.config import Config, find, load, load_text
from aggregator.config.read import SECTIONS
from aggregator.errors import ConfigError


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
    with pytest.raises(ConfigError, match=r"no configuration file at .*nowhere\.toml"):
        find(str(tmp_path / "nowhere.toml"), {})


def of_a_source(line: str) -> str:
    return f"[[source]]\nname = 's'\nurl = 'http://s.example/'\n{line}\n"


HUGE = "9" * 400
ENDLESS = "9" * 5000  # more digits than Python turns into a number


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[fetch]\nevery = '0s'", "[fetch] every: '0s' is not between 1m and 31d"),
        (of_a_source("every = '0s'"), "source 's': every: '0s' is not between 1m and 31d"),
        (of_a_source("every = '1000000w'"), "source 's': every: '1000000w' is not between 1m and 31d"),
        (f"[fetch]\nevery = '{'9' * 14}d'", "[fetch] every: '99999999999999d' is not between"),
        (f"[fetch]\nevery = '{ENDLESS}d'", "[fetch] every: '9999"),
        ("[fetch]\npause = '10000w'", "[fetch] pause: '10000w' is not between 0s and 10m"),
        ("[fetch]\ntimeout = '0s'", "[fetch] timeout: '0s' is not between 1s and 10m"),
        ("[stories]\nwindow = '0s'", "[stories] window: '0s' is not between 1h and 31d"),
        ("[serve]\ncache = '999999999999w'", "[serve] cache: '999999999999w' is not between 0s and 31d"),
        ("[serve]\ncache = '-5m'", "[serve] cache: '-5m' is not a duration"),
        ("[fetch]\nmax_size = 0", "[fetch] max_size: 0 is not between 1kB and 1GB"),
        ("[fetch]\nmax_size = true", "[fetch] max_size: True is not a whole number"),
        (f"[fetch]\nmax_size = '{ENDLESS}GB'", "[fetch] max_size: '999"),
        (f"[fetch]\nmax_size = {HUGE}", "[fetch] max_size: 999"),
        (f"[fetch]\nworkers = {HUGE}", "[fetch] workers: 999"),
        (f"[fetch]\nworkers = 0x{'f' * 20_000}", "[fetch] workers: a value this large is not between"),
        (f"[fetch]\nworkers = {ENDLESS}", "a number in it is too large"),
        (f"[fetch]\nworkers = {'[' * 3000}{']' * 3000}", "its brackets are nested too deeply"),
        ("[fetch]\nallow_ports = [99999]", "[fetch] allow_ports: 99999 is not between 1 and 65535"),
        ("[fetch]\nallow_ports = [-1]", "[fetch] allow_ports: -1 is not between 1 and 65535"),
        ("[fetch]\nallow_networks = ['h:99999']", "[fetch] allow_networks: 'h:99999' is neither"),
        ("[fetch]\nallow_networks = ['a..b:80']", "[fetch] allow_networks: 'a..b:80' is neither"),
        ("[fetch]\nallow_networks = ['fe80::z:80']", "[fetch] allow_networks: 'fe80::z:80' is neither"),
        ("[feed]\ntitle = ''", "[feed] title: is empty"),
        ("[feed]\ndescription = '  '", "[feed] description: is empty"),
        ('[feed]\ntitle = "a\\u0007b"', "[feed] title: 'a\\x07b' has characters that cannot be printed"),
        ('[feed]\ntitle = "\\uFFFE"', "[feed] title: '\\ufffe' has characters"),
        ('[feed]\ndescription = "a\\nb"', "[feed] description: 'a\\nb' has characters"),
        (f"[feed]\ntitle = '{'x' * 1001}'", "[feed] title: 'xxx"),
        ('[feed]\nlanguage = "e\\u0000n"', "[feed] language: 'e\\x00n' is not a language tag"),
        ("[feed]\nlanguage = 'en_GB'", "[feed] language: 'en_GB' is not a language tag"),
        (
            "[feed]\ntimezone = 'Europe/Berln'",
            "[feed] timezone: 'Europe/Berln' is not a time zone; did you mean 'E",
        ),
        ("[feed]\ntimezone = 'europe/berlin'", "[feed] timezone: 'europe/berlin' is not a time zone; did"),
        ("[feed]\ntimezone = '../passwd'", "[feed] timezone: '../passwd' is not a time zone like"),
        ("[feed]\nlanguage = 'english'", "[feed] language: 'english' is not a language tag"),
        ("[feed]\nlink = 'javascript:alert(1)'", "[feed] link: 'javascript:alert(1)' does not start with"),
        ("[feed]\nlink = 'not a url'", "[feed] link: 'not a url' does not start with"),
        ("[feed]\nlink = 'https://'", "[feed] link: 'https://' is not an address"),
        ("[feed]\nlink = 'https://a.example/ b'", "[feed] link: 'https://a.example/ b' is not an address"),
        (
            "[feed]\nlink = 'https://a.example/?b'",
            "[feed] link: 'https://a.example/?b' must be",
        ),
        (
            "[feed]\nlink = 'https://me:pw@a.example/'",
            "[feed] link: 'https://me:pw@a.example/' must be",
        ),
        ('[store]\npath = "a\\u0000b"', "[store] path: 'a\\x00b' cannot be the path"),
        ("[store]\npath = ''", "[store] path: is empty"),
        (f"[store]\npath = '{'x' * 256}'", "[store] path: 'xxx"),
        ('[publish]\nfolder = "a\\u0000b"', "[publish] folder: 'a\\x00b' cannot be the path"),
        ("[publish]\nfolder = ''", "[publish] folder: is empty"),
        ("[serve]\nhost = 'a..b'", "[serve] host: 'a..b' is neither an address nor"),
        (f"[serve]\nhost = '{'a' * 300}'", "[serve] host: 'aaa"),
        ("[serve]\nhost = ''", "[serve] host: is empty"),
        ("[serve]\nport = 65536", "[serve] port: 65536 is not between 0 and 65535"),
        ("[[source]]\nname='s'\nfile=''", "source 's': file: is empty"),
        (
            '[[source]]\nname="s\\u001b[31m"\nfile="f"',
            "source 's\\x1b[31m': name: 's\\x1b[31m' has characters",
        ),
        ('[[source]]\nname="s\\nt"\nfile="f"', "source 's\\nt': name: 's\\nt' has characters"),
        ('[[source]]\nname="s\\u202e"\nfile="f"', "source 's\\u202e': name: 's\\u202e' has characters"),
        (of_a_source("[[source]]\nname = ' s '\nfile = 'f'"), "source 's': the name is used twice"),
        (of_a_source("tags = ['']"), "source 's': tags: is empty"),
        (of_a_source('tags = ["a\\nb"]'), "source 's': tags: 'a\\nb' has characters"),
        (of_a_source("pattern = ''"), "source 's': pattern: is empty"),
        ('"a\\nb" = 1', "'a\\nb': unknown key"),
    ],
)
def test_a_value_that_nobody_can_mean_is_a_fault(tmp_path: Path, text: str, fault: str) -> None:
    assert faults(tmp_path, text)[0].startswith(fault)


@pytest.mark.parametrize(
    "text",
    [
        "[feed]\nlanguage = 'zh-Hant-TW'",
        "[feed]\nlink = 'https://a.example:444/news'",
        "[feed]\nlink = 'http://192.168.1.5/'",
        "[serve]\nhost = '::1'",
        "[serve]\nhost = 'my_box.local'",
        "[fetch]\nallow_networks = ['::1', '10.0.0.0/8', '[::1]:80', 'localhost:3000']",
        "[fetch]\npause = '0s'\nmax_size = 2000",
        "[[source]]\nname = 'می‌گوید 👩‍🚀'\nurl = 'http://s.example/'",
        "[[source]]\nname = 's'\nurl = 'https://me:pw@bücher.example/a?b#c'",
    ],
)
def test_what_people_mean_is_read(text: str) -> None:
    assert isinstance(load_text(text, Path("a.toml")), Config)


def test_every_key_is_read_by_a_reader_of_its_own() -> None:
    for kind in SECTIONS.values():
        for key, hint in get_type_hints(kind, include_extras=True).items():
            assert callable(hint.__metadata__[0]), key


def test_blanks_around_a_name_do_not_count(tmp_path: Path) -> None:
    config = load(written(tmp_path, "[[source]]\nname = ' s '\nurl = ' http://s.example/ '\n"))
    assert (config.sources[0].name, config.sources[0].address) == ("s", "http://s.example/")


def test_without_a_home_no_home_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=r"no configuration file at config/aggregator.toml: name one"):
        find(None, {})
    with pytest.raises(ConfigError, match=r"toml or /home/me/.config/aggregator/aggregator.toml: name one"):
        find(None, {"HOME": "/home/me"})


def test_a_hub_needs_the_address_under_which_the_web_reaches_us(tmp_path: Path) -> None:
    hubs, websub = '[publish]\nhubs = ["https://hub.example/"]\n', "[fetch]\nwebsub = true\n"
    assert faults(tmp_path, hubs + websub) == [
        "[publish] hubs: needs [feed] link, our public address",
        "[fetch] websub: needs [feed] link, our public address",
    ]
    config = load(written(tmp_path, '[feed]\nlink = "https://news.example/"\n' + hubs + websub))
    assert (config.publish.hubs, config.fetch.websub) == (("https://hub.example/",), True)


@pytest.mark.parametrize(
    "hub",
    [
        "hub.example",
        "https://u:p@hub.example/",
        "https://hub.example/#x",
        'https://h.example/"',
        "https://ü.example/",
    ],
)
def test_a_hub_that_no_header_could_name_is_a_fault(tmp_path: Path, hub: str) -> None:
    text = f"[feed]\nlink = 'https://news.example/'\n[publish]\nhubs = ['{hub}']\n"
    (fault,) = faults(tmp_path, text)
    assert fault.startswith("[publish] hubs: ")


def test_a_switch_is_true_or_false(tmp_path: Path) -> None:
    assert faults(tmp_path, '[fetch]\nwebsub = "yes"\n') == [
        "[fetch] websub: 'yes' is neither true nor false"
    ]


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    config = load_text('[publish]\nfolder = "~/public"\n', Path("aggregator.toml"))
    assert config.publish.folder == tmp_path / "public"
    other = load_text('[publish]\nfolder = "~x"\n', tmp_path / "aggregator.toml")
    assert other.publish.folder == tmp_path / "~x"
