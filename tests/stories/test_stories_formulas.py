"""What two sources write to one formula is two items; one event in two wordings is one, in any language."""

from datetime import UTC, datetime, timedelta

import pytest

from aggregator.model import Sketch
from aggregator.stories import Window

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
Report = tuple[str, str]


def stories(*reports: Report) -> list[int]:
    window = Window()
    return [
        window.place(
            Sketch(at, f"Source {at}", title, text, "", NOON + timedelta(hours=at), publisher=f"site{at}")
        )[0].story
        for at, (title, text) in enumerate(reports, 1)
    ]


FORMULAS = {
    "notices": (
        "[{}] {} security update",
        "Several vulnerabilities were discovered in {1}, which could result in {2}. For the stable release "
        "these problems have been fixed in a new version. We recommend that you upgrade your packages.",
        ("COSA 771", "mistral-dns", "denial of service"),
        ("DTSA 90", "paperjam", "execution of arbitrary code"),
    ),
    "alerts": (
        "Amtliche WARNUNG vor {} für Kreis {}",
        "Es tritt {0} auf. ACHTUNG! Hinweis auf mögliche Gefahren: {2}. Bitte meiden Sie Wege im Freien.",
        ("STURM", "Nordheide", "Bäume können entwurzelt werden"),
        ("FROST", "Südmark", "Glätte auf Straßen"),
    ),
    "obituaries": (
        "{}, {}, of {}",
        "{0}, {1}, of {2}, passed away peacefully on Sunday surrounded by the family. Two children and five "
        "grandchildren survive. A funeral service will be held on Friday.",
        ("Margaret Ellen Whitcombe", "87", "Harlow"),
        ("Gerald Thomas Oakes", "91", "Tilbury"),
    ),
    "vacancies": (
        "Senior Backend Engineer (Python) at {}",
        "We are looking for a senior backend engineer to join our {1} team. You have five years of "
        "experience "
        "with Python and {2}. We offer flexible hours and a learning budget.",
        ("Lumenis", "remote", "PostgreSQL"),
        ("Quantrail", "distributed", "Kubernetes"),
    ),
    "scores": (
        "{} gewinnt 2:1 gegen {}",
        "{0} hat am 14. Spieltag der Regionalliga 2:1 gegen {1} gewonnen. Den Siegtreffer erzielte "
        "{2} in der "
        "Nachspielzeit.",
        ("SV Rodau", "TSV Hainfeld", "Brandl"),
        ("FC Mernau", "VfL Osterbach", "Toptas"),
    ),
    "abstracts": (
        "Association between {} and risk of {}: a cohort study",
        "Background: {0} has been linked to disease. Methods: We followed {2} adults for ten years. "
        "Results: It "
        "was associated with a higher risk of {1}. Conclusions: Further studies are needed.",
        ("sleep duration", "stroke", "12,000"),
        ("coffee intake", "fracture", "9,400"),
    ),
    "releases": (
        "What’s new in {}: August",
        "Our August release brings dark mode, shared {1} and a redesigned {2} to all customers.",
        ("Inkwell", "folders", "editor"),
        ("Taskdeck", "boards", "sidebar"),
    ),
    "deals": (
        "Early Black Friday deals: the best {} discounts at Bazaar",
        "We picked the best early Black Friday {0} deals, from {1} to {2}.",
        ("laptop", "budget models", "gaming machines"),
        ("TV", "basic sets", "OLED panels"),
    ),
    "press releases": (
        "{} Announces Third Quarter 2026 Results",
        "{0} ({1}) today announced financial results for the third quarter ended September 30, "
        "2026. Revenue was "
        "{2}. The company will host a conference call today.",
        ("Solvane Energy", "NYSE: SLV", "$412 million"),
        ("Tregaron Medical", "NASDAQ: TRGM", "$398 million"),
    ),
    "lists": (
        "10 best {} of 2026, tested by our editors",
        "We tested dozens of {0} to find the best for every budget. Here are our favourites, from "
        "{1} to {2}.",
        ("kitchen knives", "chef knives", "paring knives"),
        ("running shoes", "trail shoes", "racing flats"),
    ),
    "what to know": (
        "Everything you need to know about the new {} rules in {}",
        "The new {0} rules take effect in January. Here is everything you need to know about {2}.",
        ("parking", "Ostmark", "permits, fees and exceptions"),
        ("recycling", "Velden", "bins, fees and exceptions"),
    ),
    "vlogs": (
        "VLOG: a week in {}! best food, hidden spots & travel tips",
        "Come with me to {0}! In this video I show you the best food, hidden spots and my travel "
        "tips. Like and "
        "subscribe for more {1} videos from {2}.",
        ("Lisbon", "travel", "Kim"),
        ("Porto", "holiday", "Joe"),
    ),
    "公告": (
        "{}{}公开招聘工作人员公告",
        "根据工作需要，{1}面向社会公开招聘工作人员{2}，报名时间为下周一至周五。",
        ("某市", "图书馆", "六名"),
        ("某县", "博物馆", "三名"),
    ),
}


@pytest.mark.parametrize("kind", FORMULAS)
def test_two_uses_of_one_formula_are_two_items(kind: str) -> None:
    title, text, *subjects = FORMULAS[kind]

    one, two = stories(*((title.format(*each), text.format(*each)) for each in subjects))

    assert one != two


EVENTS: dict[str, tuple[Report, Report]] = {
    "en": (
        (
            "Halden to buy chip maker Quorva for $4.2 billion",
            "Halden agreed on Wednesday to buy the chip maker Quorva for $4.2 billion in cash.",
        ),
        (
            "Quorva sold to Halden in $4.2bn deal",
            "Halden is buying Quorva, a maker of chips for cars, in a cash deal worth $4.2bn, both "
            "companies said.",
        ),
    ),
    "de": (
        (
            "Lokführer streiken ab Mittwoch für drei Tage",
            "Die Gewerkschaft der Lokführer ruft ab Mittwoch zu einem dreitägigen Streik bei der "
            "Nordbahn auf.",
        ),
        (
            "Nordbahn: Lokführer kündigen dreitägigen Streik an",
            "Bei der Nordbahn stehen ab Mittwoch die Züge still: Die Lokführer wollen drei Tage "
            "lang streiken.",
        ),
    ),
    "fr": (
        (
            "Un car scolaire se renverse près de Valmont, huit blessés",
            "Un car scolaire s’est renversé lundi matin près de Valmont. Huit élèves ont été "
            "légèrement blessés.",
        ),
        (
            "Valmont : huit élèves blessés dans un accident de car scolaire",
            "Huit collégiens ont été blessés lundi dans l’accident d’un car scolaire qui s’est "
            "renversé à Valmont.",
        ),
    ),
    "es": (
        (
            "La chilena Rosa Ibarra gana el premio Alondra de novela",
            "La escritora chilena Rosa Ibarra ha ganado el premio Alondra con la novela La casa de sal.",
        ),
        (
            "Rosa Ibarra, premio Alondra por «La casa de sal»",
            "El jurado ha concedido el premio Alondra de novela a Rosa Ibarra por La casa de sal.",
        ),
    ),
    "ru": (
        (
            "Губернатор Лесной области Орлов подал в отставку",
            "Губернатор Лесной области Пётр Орлов объявил об отставке по собственному желанию.",
        ),
        (
            "Пётр Орлов уходит с поста губернатора Лесной области",
            "Глава Лесной области Пётр Орлов сообщил, что уходит в отставку.",
        ),
    ),
    "ar": (
        (
            "مصرع خمسة أشخاص في انهيار مبنى سكني وسط مدينة النور",
            "لقي خمسة أشخاص مصرعهم صباح اليوم في انهيار مبنى سكني من أربعة طوابق وسط مدينة النور.",
        ),
        (
            "انهيار مبنى سكني في مدينة النور يودي بحياة خمسة أشخاص",
            "انهار مبنى سكني من أربعة طوابق في مدينة النور صباح اليوم ما أدى إلى مقتل خمسة أشخاص.",
        ),
    ),
    "zh": (
        ("导演林知秋获金鹤奖最佳导演", "导演林知秋凭借影片《归舟》获得金鹤奖最佳导演奖。"),
        ("林知秋凭《归舟》夺金鹤奖最佳导演", "第三十届金鹤奖揭晓，林知秋凭《归舟》获得最佳导演。"),
    ),
}


@pytest.mark.parametrize("language", EVENTS)
def test_one_event_in_two_wordings_is_one_item(language: str) -> None:
    one, two = stories(*EVENTS[language])

    assert one == two


def test_one_text_under_two_headlines_is_one_item() -> None:
    text = (
        "The council of Skar voted on Monday to lease two ferries from a yard in Osten, ending a "
        "dispute of nine "
        "years over the crossing{} The first boat is to sail in spring, and fares will rise by a tenth."
    )

    one, two = stories(
        ("Skar leases two ferries from Osten", text.format(".")),
        ("Vote ends nine-year quarrel over crossing", text.format(", said Mayor Olin Tarrow.")),
    )

    assert one == two
