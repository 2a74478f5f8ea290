"""Datelines: recognised where there is one, and nowhere else."""

import pytest

from aggregator.text.dateline import split_dateline


@pytest.mark.parametrize(
    ("text", "dateline", "rest"),
    [
        ("FLORIDA\nOfficials met.", "FLORIDA", "Officials met."),
        ("NEW YORK\n\nOfficials met.", "NEW YORK", "Officials met."),
        ("MIAMI, Dec. 6 (Reuters) — Officials met.", "MIAMI, Dec. 6 (Reuters)", "Officials met."),
        ("MIAMI (AP) - Officials met.", "MIAMI (AP)", "Officials met."),
        ("ST. PAUL, Minn. (AP) — Officials met.", "ST. PAUL, Minn. (AP)", "Officials met."),
        ("WASHINGTON -- Officials met.", "WASHINGTON", "Officials met."),
        ("(Reuters) - Officials met.", "(Reuters)", "Officials met."),
        ("ZÜRICH – Officials met.", "ZÜRICH", "Officials met."),
        (
            "JERUSALEM/CAIRO, Dec 6 (Reuters) - Officials met.",
            "JERUSALEM/CAIRO, Dec 6 (Reuters)",
            "Officials met.",
        ),
        ("WINSTON-SALEM, N.C. — Officials met.", "WINSTON-SALEM, N.C.", "Officials met."),
        ("KYIV, Ukraine, December 6, 2025 (AP) _ He met.", "KYIV, Ukraine, December 6, 2025 (AP)", "He met."),
        ("Dec 6 (Reuters) - Officials met.", "Dec 6 (Reuters)", "Officials met."),
        ("Hamburg, 6. Dezember (dpa) - Man traf sich.", "Hamburg, 6. Dezember (dpa)", "Man traf sich."),
        ("PARIS, 6 déc (AFP) - Le gouvernement.", "PARIS, 6 déc (AFP)", "Le gouvernement."),
        ("Madrid, 6 dic (EFE).- El gobierno.", "Madrid, 6 dic (EFE)", "El gobierno."),
        ("(ANSA) - ROMA, 06 DIC - Il governo.", "(ANSA) ROMA, 06 DIC", "Il governo."),
        ("SÃO PAULO (Reuters) - O governo.", "SÃO PAULO (Reuters)", "O governo."),
        ("МОСКВА, 6 дек — Правительство.", "МОСКВА, 6 дек", "Правительство."),
        ("ΑΘΗΝΑ – Η κυβέρνηση.", "ΑΘΗΝΑ", "Η κυβέρνηση."),
        ("İSTANBUL (AA) - Hükümet.", "İSTANBUL (AA)", "Hükümet."),
        ("新华社北京12月6日电 政府", "新华社北京12月6日电", "政府"),
        ("【ロンドン＝共同】政府は", "【ロンドン＝共同】", "政府は"),
        ("(서울=연합뉴스) 홍길동 기자 = 정부는", "(서울=연합뉴스) 홍길동 기자 =", "정부는"),
        ("Officials met in MIAMI.", "", "Officials met in MIAMI."),
        ("A - B is a difference.", "", "A - B is a difference."),
        ("NATO-led forces met.", "", "NATO-led forces met."),
        ("Orchard (ORCD) - shares rose.", "", "Orchard (ORCD) - shares rose."),
        ("UNESCO (the body) - said.", "", "UNESCO (the body) - said."),
        ("NASA — the agency — met.", "", "NASA — the agency — met."),
        ("WATCH: officials met.", "", "WATCH: officials met."),
        ("A LONG HEADLINE IN CAPITALS\nOfficials met.", "", "A LONG HEADLINE IN CAPITALS\nOfficials met."),
        ("By Ann - officials met.", "", "By Ann - officials met."),
        ("ONLY CAPITALS", "", "ONLY CAPITALS"),
        ("", "", ""),
    ],
)
def test_a_dateline_is_split_off(text: str, dateline: str, rest: str) -> None:
    assert split_dateline(text) == (dateline, rest)
