"""The pages in a real browser. Skipped, and said so, where there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser tests: pip install -e '.[browser]'")

import demo  # noqa: E402
from attacks import PAYLOADS, hostile  # noqa: E402
from demo import Config, Store  # noqa: E402

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking"]
WIDE, PHONE = {"width": 1000, "height": 800}, {"width": 360, "height": 640}
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser tests: apt-get install chromium")
Page = sync_api.Page


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return demo.live(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def at(config: Config) -> Iterator[str]:
    with demo.served(config) as address:
        yield address


def addresses(config: Config) -> dict[str, str]:
    with Store.reading(config.store.path) as store:
        newest = store.stories.newest(200)
        told = max(newest[:50], key=lambda story: len(story.others)).number
        local = next(story.number for story in newest if story.lead.entry.source == "Samples")
    return {
        "river": "",
        "story": f"story/{told}",
        "local post": f"story/{local}",
        "sources": "sources",
        "search": "search?q=lindmark",
        "nothing found": "search?q=zeppelin",
        "source": "source?name=Harbour%20Post",
        "feed": "feed.atom",
        "no story": "story/99999",
    }


NAMES = ("river", "story", "local post", "sources", "search", "nothing found", "source", "feed", "no story")


@pytest.fixture
def opened(browser: sync_api.Browser, at: str) -> Iterator["Opener"]:
    opener = Opener(browser, at)
    yield opener
    opener.close()


class Opener:
    """Opens pages and keeps what the browser complains of."""

    def __init__(self, browser: sync_api.Browser, at: str) -> None:
        self.browser, self.at = browser, at
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.pictures: set[str] = set()
        self.contexts: list[sync_api.BrowserContext] = []

    def __call__(self, path: str, size: dict[str, int] = WIDE, scheme: str = "light") -> Page:
        context = self.browser.new_context(viewport=size, color_scheme=scheme)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append("a script has run"))
        page.on("request", self.note)
        page.goto(self.at + path)
        return page

    def note(self, request: sync_api.Request) -> None:
        self.asked.append(request.url)
        if request.resource_type == "image":
            self.pictures.add(request.url)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_shown_without_a_complaint_and_asks_nobody_else(
    opened: Opener, config: Config, name: str, scheme: str
) -> None:
    page = opened(addresses(config)[name], scheme=scheme)
    assert page.locator("h1").count() == 1
    expected = ["Failed to load resource: the server responded with a status of 404 (Not Found)"]
    assert opened.complaints == (expected if name == "no story" else [])
    assert all(url.startswith(opened.at) for url in opened.asked)


@pytest.mark.parametrize("name", NAMES)
def test_a_phone_need_not_scroll_sideways(opened: Opener, config: Config, name: str) -> None:
    page = opened(addresses(config)[name], size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_light_and_dark_differ(opened: Opener) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert opened("", scheme="light").evaluate(ground) != opened("", scheme="dark").evaluate(ground)


@pytest.mark.parametrize("name", ["river", "story", "sources", "search"])
def test_the_keyboard_reaches_every_link_and_it_shows(opened: Opener, config: Config, name: str) -> None:
    page = opened(addresses(config)[name])
    wanted = page.locator("a[href]:visible, input, button, summary").count()
    reached = 0
    for _ in range(wanted):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return [e.tagName, s.outlineStyle, e.getBoundingClientRect().left >= 0] }"
        )
        reached += focused[0] in ("A", "INPUT", "BUTTON", "SUMMARY") and focused[1] != "none" and focused[2]
    assert reached == wanted


def test_the_content_is_one_key_away(opened: Opener) -> None:
    page = opened("")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(opened: Opener, config: Config, name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="no axe: pip install axe-core-python")
    found = axe.Axe().run(opened(addresses(config)[name], scheme=scheme))
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_the_way_from_a_search_to_a_report(opened: Opener) -> None:
    page = opened("")
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Words in titles").fill("owls")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="2 sources").click()
    assert page.locator("ol.line > li").count() == 2
    page.get_by_role("link", name="Stories", exact=True).click()
    assert page.url == f"{opened.at}index.html"


def test_a_picture_of_a_sources_visits_has_words(opened: Opener) -> None:
    chart = opened("sources").get_by_role("img").first
    assert chart.get_attribute("aria-labelledby") == "chart-1 words-1"
    assert "failed" in (chart.locator("desc").text_content() or "")


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_is_shown_as_a_page_and_by_another_server_with_its_stylesheet(
    opened: Opener, config: Config, kind: str
) -> None:
    page = opened(f"feed.{kind}")
    assert page.locator("article.item h2 a[href]").count() > 10
    body = (config.publish.folder / f"feed.{kind}").read_bytes()
    page.route(f"**/feed.{kind}", lambda route: route.fulfill(body=body, content_type="application/xml"))
    page.goto(f"{opened.at}feed.{kind}")
    entry = page.locator("entry, item").first
    assert entry.locator("title").first.evaluate("e => getComputedStyle(e).display") == "block"
    assert entry.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    assert opened.complaints == []


def test_the_files_alone_are_a_site(browser: sync_api.Browser, config: Config) -> None:
    opener = Opener(browser, f"file://{config.publish.folder}/")
    page = opener("index.html")
    page.get_by_role("link", name="2 sources").first.click()
    assert page.locator("ol.line > li").count() == 2
    assert page.locator("h1").evaluate("e => getComputedStyle(e).fontWeight") == "600"
    opener.close()
    assert opener.complaints == []


RAN = """() => [
    document.querySelectorAll("script, iframe, object, embed").length,
    typeof window.ran,
    [...document.querySelectorAll("a[href]")].map(link => link.getAttribute("href"))
        .filter(address => ["javascript", "data"].includes(address.split(":")[0].trim().toLowerCase())),
]"""
"""What could run, whether something has, and links that would: one question a page, as each takes long."""


def test_nothing_that_a_feed_brings_ever_runs(browser: sync_api.Browser, tmp_path: Path) -> None:
    config = hostile(tmp_path)
    with Store.reading(config.store.path) as store:
        stories = store.stories.newest(100)
    assert sum(1 + len(story.others) for story in stories) == len(PAYLOADS)
    paths = ["", "sources", "sources.html", "feed.atom", "feed.rss", "feed.json"]
    for kind in ("", ".atom", ".rss", ".json"):
        paths += [f"search{kind}?q=zebra", f"search{kind}?q=%3Cscript%3Ealert(1)%3C/script%3E%22"]
    with demo.served(config) as at:
        opener = Opener(browser, at)
        page = opener("")
        for path in (*paths, *(f"story/{story.number}" for story in stories)):
            page.goto(at + path)
            assert page.evaluate(RAN) == [0, "undefined", []]
        opener.close()
    assert [each for each in opener.complaints if "script" in each.lower()] == []
    # Pictures are allowed here, and nothing else from elsewhere.
    assert {url for url in opener.asked if not url.startswith(at)} <= opener.pictures
