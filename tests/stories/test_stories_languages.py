"""Every script, every length."""

from datetime import UTC, datetime, timedelta

import pytest

from aggregator.model import Sketch
from aggregator.stories import Window
from aggregator.text.words import terms

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

PAIRS = {
    "de": (
        "Hafenbrücke in Warnmünde nach Rissen in zwei Pfeilern gesperrt",
        "Risse in den Pfeilern: Hafenbrücke Warnmünde bleibt gesperrt",
    ),
    "ru": (
        "В Варнограде закрыли портовый мост из-за трещин в опорах",
        "Портовый мост в Варнограде закрыт: в опорах нашли трещины",
    ),
    "el": (
        "Έκλεισε η γέφυρα του λιμανιού στη Βαρνούπολη λόγω ρωγμών",
        "Ρωγμές στη γέφυρα του λιμανιού της Βαρνούπολης, έκλεισε η γέφυρα",
    ),
    "ar": (
        "إغلاق جسر الميناء في فارنوم بعد اكتشاف تشققات في الأعمدة",
        "تشققات في أعمدة جسر الميناء تؤدي إلى إغلاق الجسر في فارنوم",
    ),
    "he": (
        "גשר הנמל בוורנמות נסגר לאחר שהתגלו סדקים בעמודים",
        "סדקים בעמודים: גשר הנמל בוורנמות נסגר לתנועה",
    ),
    "hi": (
        "वर्नमाउथ का बंदरगाह पुल दरारें मिलने के बाद बंद",
        "खंभों में दरारें, वर्नमाउथ का बंदरगाह पुल बंद किया गया",
    ),
    "zh": ("瓦恩茅斯港口大桥因桥墩出现裂缝关闭", "桥墩现裂缝，瓦恩茅斯港口大桥关闭"),
    "ja": ("ヴァーンマスの港橋、橋脚に亀裂が見つかり閉鎖", "橋脚に亀裂、ヴァーンマスの港橋が閉鎖"),
    "ko": ("바른머스 항구 다리, 교각 균열로 폐쇄", "교각에 균열 발견, 바른머스 항구 다리 폐쇄"),
    "th": ("ปิดสะพานท่าเรือวาร์นเมาท์หลังพบรอยร้าวที่เสา", "พบรอยร้าวที่เสา ปิดสะพานท่าเรือวาร์นเมาท์"),
}


def sketch(entry: int, title: str, text: str = "") -> Sketch:
    return Sketch(entry, "", title, text, "", NOON + timedelta(hours=entry))


@pytest.mark.parametrize("language", PAIRS)
def test_two_titles_of_one_event_join_in_any_script(language: str) -> None:
    window = Window()
    others = [titles[0] for other, titles in PAIRS.items() if other != language]
    first, second = PAIRS[language]

    stories = [
        window.place(sketch(entry, title))[0].story for entry, title in enumerate([first, *others, second])
    ]

    assert stories[0] == stories[-1]
    assert len(set(stories)) == len(PAIRS)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", ""),
        ("?!", "..."),
        ("Owl", ""),
        ("", "A snowy owl was seen near the summit of Mount Hesper. Birdwatchers rejoiced."),
        ("Rare owl seen", "owl " * 30_000),
        ("\ud800 broken", "\x00"),
        ("a" * 100_000, ""),
    ],
)
def test_any_length_is_placed(title: str, text: str) -> None:
    window = Window()

    placements = [window.place(sketch(entry, title, text))[0] for entry in (1, 2)]

    assert [each.entry for each in placements] == [1, 2]
    assert Window.thaw(window.freeze()).freeze() == window.freeze()


def test_entries_without_words_are_never_together() -> None:
    window = Window()

    stories = [window.place(sketch(entry, "…"))[0].story for entry in range(3)]

    assert len(set(stories)) == 3


def test_words_with_vowel_signs_and_pointing_stay_whole() -> None:
    assert terms("हिन्दी समाचार", 9) == ["हिन्दी", "समाचार"]
    assert terms("كِتَابٌ", 9) == terms("كتاب", 9)


def test_a_script_without_spaces_becomes_pairs_and_keeps_foreign_words() -> None:
    assert terms("新型iPhone発売", 9) == ["新型", "iphone", "発売"]


def test_no_more_terms_than_asked_for() -> None:
    assert len(terms("日本語" * 100, 7)) == 7
    assert len(terms("word " * 100, 7)) == 7
