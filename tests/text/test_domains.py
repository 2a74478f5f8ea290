"""Who owns an address."""

import pytest

from aggregator.text.domains import publisher_name_of, registrable_domain


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.shop.公司.cn", "shop.公司.cn"),
        ("www.shop.xn--55qx5d.cn", "shop.xn--55qx5d.cn"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("one.blogspot.com", "blogspot.com"),
    ],
)
def test_a_registry_has_its_suffixes_in_both_spellings(host: str, domain: str) -> None:
    assert registrable_domain(f"https://{host}/feed") == domain


def test_blogs_of_a_platform_have_publishers_of_their_own() -> None:
    assert publisher_name_of("https://one.blogspot.com/") == "one"
