"""What the requests to one source carry: read, refused, and never quoted."""

import sys
from pathlib import Path

import pytest
from configs import faults, written

from aggregator.config import examine, load
from aggregator.errors import ConfigError
from aggregator.runtime import visit_options

SOURCE = '[[source]]\nname = "A"\nurl = "https://a.example/"\n'


def test_headers_are_read_and_the_file_lies_beside_the_configuration(tmp_path: Path) -> None:
    keys = (
        'headers = { X-Key = "s3cret", x-key = " other " }',
        'header_file = "a.headers"',
        'user_agent = "Mine/1"',
    )
    (source,) = load(written(tmp_path, SOURCE + "\n".join(keys))).sources
    assert source.request.headers == (("x-key", "other"),)
    assert source.request.header_file == str(tmp_path / "a.headers")
    assert source.request.user_agent == "Mine/1"
    assert "other" not in repr(source)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('"Authorization: s3cret"', 'is not a table like { "X-Key" = "value" }'),
        ("{ X-Key = 1 }", 'is not a table like { "X-Key" = "value" }'),
        ('{ "X Key" = "s3cret" }', "the name of a header has only letters, digits and hyphens"),
        ('{ X-Key = "s3cret\\r\\nHost: b" }', "X-Key: its value is empty, too long, or has characters"),
        ('{ X-Key = "" }', "X-Key: its value is empty"),
        ('{ HOST = "s3cret" }', "HOST: is ours to send"),
        ('{ User-Agent = "s3cret" }', "User-Agent: has a key of its own, user_agent"),
    ],
)
def test_a_header_that_cannot_be_sent_is_reported_without_its_value(
    tmp_path: Path, value: str, said: str
) -> None:
    (fault,) = faults(tmp_path, f"{SOURCE}headers = {value}\n")
    assert fault.startswith(f"source 'A': headers: {said}")
    assert "s3cret" not in fault


def test_requests_to_a_folder_have_no_headers(tmp_path: Path) -> None:
    text = '[[source]]\nname = "A"\nfolder = "."\nheaders = { X-Key = "1" }\nfull_text = true\n'
    assert faults(tmp_path, text) == [
        "source 'A': headers: has no effect on a folder",
        "source 'A': full_text: has no effect on a folder",
    ]


def test_only_local_files_have_a_site_below_which_their_links_lead(tmp_path: Path) -> None:
    given = 'site = "https://a.example/notes"\n'
    assert faults(tmp_path, SOURCE + given) == ["source 'A': site: has no effect on a url"]
    text = '[[source]]\nname = "A"\nfolder = "."\n' + given
    assert load(written(tmp_path, text)).sources[0].site == "https://a.example/notes/"


def test_a_file_of_headers_must_not_be_published(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, SOURCE + 'header_file = "var/public/a.headers"\n')
    assert fault == "source 'A': header_file: lies inside [publish] folder, which is public"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "No such file or directory"),
        ("# nothing yet\n", "no header in it"),
        ("s3cret", 'line 1: is not like "Name: value"'),
    ],
)
def test_check_reports_a_file_of_headers_that_cannot_be_used(
    tmp_path: Path, text: str | None, said: str
) -> None:
    if text is not None:
        (tmp_path / "a.headers").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        examine(written(tmp_path, SOURCE + 'header_file = "a.headers"\n'))
    (fault,) = caught.value.faults
    assert fault.endswith(f"source 'A': header_file: {tmp_path}/a.headers: {said}")


def test_a_proxy_for_all_and_another_or_none_for_a_source(tmp_path: Path) -> None:
    text = '[fetch]\nproxy = "http://me:s3cret@proxy.example:3128"\n' + SOURCE + 'proxy = ""\n'
    config = load(written(tmp_path, text))
    assert config.fetch.proxy == "http://me:s3cret@proxy.example:3128"
    assert config.sources[0].request.proxy == ""
    assert load(written(tmp_path, SOURCE)).sources[0].request.proxy is None
    assert "s3cret" not in repr(config) + repr(visit_options(config))


@pytest.mark.parametrize(
    "proxy",
    [
        "s3cret",
        "http://me:s3cret@proxy.example",
        "http://me:s3cret@proxy.example:0",
        "http://me:s3cret@proxy.example:99999",
        "http://me:s3cret@proxy.example:3128/path",
        "ftp://me:s3cret@proxy.example:21",
        "http://me:s3cret@[::1:3128",
        "http://me:s3cret@pro xy:3128",
        "http://s3cret\\u0000@proxy:3128",
    ],
)
def test_a_proxy_that_cannot_be_one_is_not_quoted(tmp_path: Path, proxy: str) -> None:
    (fault,) = faults(tmp_path, f'[fetch]\nproxy = "{proxy}"\n')
    said = "is not an address like http://proxy.example:3128 (http, https, socks5, socks5h)"
    assert fault == f"[fetch] proxy: {said}"


@pytest.mark.parametrize(
    ("written_as", "address"),
    [
        ("feed://a.example/x", "http://a.example/x"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("pcast://a.example/x", "http://a.example/x"),
    ],
)
def test_addresses_for_feed_readers_are_web_addresses(tmp_path: Path, written_as: str, address: str) -> None:
    text = SOURCE.replace("https://a.example/", written_as)
    assert load(written(tmp_path, text)).sources[0].address == address


def test_check_says_in_one_line_that_full_texts_need_an_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SOURCE + "full_text = true\n" + SOURCE.replace('"A"', '"B"') + "full_text = true\n"
    assert examine(written(tmp_path, text)).sources[1].full_text
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ConfigError) as caught:
        examine(written(tmp_path, text))
    (fault,) = caught.value.faults
    assert fault.endswith("full_text: needs a library: pip install '.[fulltext]', or write full_text = false")
