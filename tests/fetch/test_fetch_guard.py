"""Connections are allowed or refused by the address they would really go to."""

import pytest

from aggregator.fetch.guard import Guard, guard

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.8.9.10",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_open(address: str) -> None:
    assert Guard().refusal("news.example", 443, address) == ""


@pytest.mark.parametrize("address", PRIVATE)
def test_everything_else_is_closed(address: str) -> None:
    assert "not on the public internet" in Guard().refusal("news.example", 443, address)


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_the_ports_of_the_web_are_open(port: int) -> None:
    assert Guard().refusal("news.example", port, "8.8.8.8") == ""


@pytest.mark.parametrize("port", [22, 25, 6379, 11211])
def test_other_ports_are_closed_until_allowed(port: int) -> None:
    assert "port" in Guard().refusal("news.example", port, "8.8.8.8")
    assert guard(allow_ports=[port]).refusal("news.example", port, "8.8.8.8") == ""


def test_an_allowed_network_is_open_and_its_neighbour_is_not() -> None:
    lan = guard(["192.168.1.0/24", "fd00::/8"])
    assert lan.refusal("nas.local", 80, "192.168.1.5") == ""
    assert lan.refusal("nas.local", 80, "::ffff:192.168.1.5") == ""
    assert lan.refusal("nas.local", 80, "fd12::1") == ""
    assert lan.refusal("nas.local", 80, "192.168.2.5") != ""
    assert lan.refusal("nas.local", 22, "192.168.1.5") != ""


def test_an_allowed_host_and_port_is_open_and_nothing_beside_it() -> None:
    lan = guard(["nas.local:5000", "127.0.0.1:9000", "[::1]:9000"])
    assert lan.refusal("NAS.local.", 5000, "192.168.1.5") == ""
    assert lan.refusal("localhost", 9000, "127.0.0.1") == ""
    assert lan.refusal("localhost", 9000, "::1") == ""
    assert lan.refusal("nas.local", 80, "192.168.1.5") != ""
    assert lan.refusal("evil.example", 5000, "192.168.1.5") != ""
    assert lan.refusal("localhost", 9001, "127.0.0.1") != ""


@pytest.mark.parametrize("written", ["intranet", "10.0.0.0/99", "a:b", "::g", "1.2.3.4:"])
def test_an_invalid_network_is_reported(written: str) -> None:
    with pytest.raises(ValueError, match="neither a network"):
        guard([written])
