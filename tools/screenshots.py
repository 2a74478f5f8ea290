"""Renews the pictures of the README with this machine's Chromium: `make screenshots`.

Needs `pip install -e '.[browser]'` and chromium.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))

import demo  # noqa: E402
from pictures import SCENES, picture  # noqa: E402
from playwright.sync_api import Browser, Route, sync_playwright  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-background-networking"]
WIDE, PHONE = (1280, 800), (390, 760)


def main(chromium: str = "/usr/bin/chromium") -> None:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        config = demo.live(Path(folder), "direct")
        with demo.Store.reading(config.store.path) as store:
            told = max(store.stories.newest(50), key=lambda story: len(story.others)).number
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with demo.served(config) as at:
            take(browser, at, "river", WIDE, "light")
            take(browser, at, "river-phone", PHONE, "dark")
            take(browser, f"{at}story/{told}", "story", WIDE, "light")
            take(browser, f"{at}sources", "sources", WIDE, "light")
            take(browser, f"{at}search?q=lindmark", "search", WIDE, "dark")
        browser.close()


def take(browser: Browser, address: str, name: str, size: tuple[int, int], scheme: str) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page.route("**/*.svg", draw)
    page.goto(address)
    page.screenshot(path=ROOT / "docs" / f"{name}.png")
    page.close()


def draw(route: Route) -> None:
    """Answers for the publishers, who are pretended."""
    kind = route.request.url.rpartition("/")[2].removesuffix(".svg")
    if kind in SCENES:
        route.fulfill(body=picture(kind), content_type="image/svg+xml")
    else:
        route.continue_()


if __name__ == "__main__":
    main(*sys.argv[1:])
