"""Words in dates -> their meaning. Lower case, no accents; any unambiguous prefix of 3 letters or more."""

from __future__ import annotations

import unicodedata

_MONTHS = (
    "january jan januar janvier enero ene gennaio janeiro januari tammikuu styczen stycznia leden ocak"
    " ιανουαριος",
    "february feb februar fevrier febrero febbraio fevereiro februari helmikuu luty lutego unor subat"
    " φεβρουαριος",
    "march mar marz maerz mars marzo marco maart mrt maaliskuu marzec marca brezen marcius μαρτιος μαω",
    "april apr avril abril aprile huhtikuu kwiecien kwietnia duben nisan aprilis απριλιος",
    "may mai mayo maggio maio mei maj maja toukokuu kveten mayis majus μαιος",
    "june jun juni juin junio giugno junho kesakuu czerwiec czerwca cerven haziran junius ιουνιος ιον",
    "july jul juli juillet julio luglio julho heinakuu lipiec lipca cervenec temmuz julius ιουλιος ιολ",
    "august aug aout agosto augusti augustus elokuu sierpien sierpnia srpen agustos augusztus αυγουστος",
    "september sep septembre septiembre settembre setembro syyskuu wrzesien wrzesnia zari eylul szeptember"
    " σεπτεμβριος",
    "october oct oktober octobre octubre ottobre outubro lokakuu pazdziernik pazdziernika rijen ekim"
    " οκτωβριος",
    "november nov novembre noviembre novembro marraskuu listopad listopada kasim νοεμβριος",
    "december dec dezember decembre diciembre dicembre dezembro joulukuu grudzien grudnia prosinec aralik"
    " δεκεμβριος",
)
_WEEKDAYS = (
    "monday montag lundi lunes lunedi maandag mandag segunda poniedzialek pondeli maanantai mo ma lun"
    " δευτερα",
    "tuesday tues dienstag mardi martes martedi dinsdag tirsdag tisdag terca wtorek utery tiistai di τριτη",
    "wednesday mittwoch mercredi miercoles mercoledi woensdag onsdag quarta sroda streda keskiviikko mi wo"
    " τεταρτη",
    "thursday thur thurs donnerstag jeudi jueves giovedi donderdag torsdag quinta czwartek ctvrtek do πεμπτη",
    "friday freitag vendredi viernes venerdi vrijdag fredag sexta piatek patek perjantai fr vr παρασκευη",
    "saturday samstag sonnabend samedi sabado sabato zaterdag lordag sobota lauantai sa za σαββατο",
    "sunday sonntag dimanche domingo domenica zondag sondag niedziela nedele sunnuntai so zo κυριακη",
)


def without_accents(word: str) -> str:
    """Lower case without accents: "März" -> "marz"."""
    spread = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter)).replace("ς", "σ")


def _table(rows: tuple[str, ...], first: int) -> dict[str, int]:
    names = {without_accents(name): number for number, row in enumerate(rows, first) for name in row.split()}
    beginnings: dict[str, set[int]] = {}
    for name, number in names.items():
        for length in range(3, len(name)):
            beginnings.setdefault(name[:length], set()).add(number)
    return {start: min(found) for start, found in beginnings.items() if len(found) == 1} | names


MONTHS = _table(_MONTHS, 1)
WEEKDAYS = _table(_WEEKDAYS, 0)

HALVES = {"am": 0, "pm": 12, "오전": 0, "오후": 12, "上午": 0, "下午": 12}
HALVES = {without_accents(word): hours for word, hours in HALVES.items()}

# North American zones as in RFC 822, the rest as feeds use them. "ist" and "bst" are ambiguous; most feeds
# that use them come from India and Britain.
ZONES = {
    **{"ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0},
    **{"adt": -3, "ast": -4, "at": -4, "edt": -4, "est": -5, "et": -5, "cdt": -5, "cst": -6, "ct": -6},
    **{"mdt": -6, "mst": -7, "mt": -7, "pdt": -7, "pst": -8, "pt": -8, "akst": -9, "akdt": -8, "hst": -10},
    **{
        "met": 1,
        "mest": 2,
        "mez": 1,
        "mesz": 2,
        "cet": 1,
        "cest": 2,
        "bst": 1,
        "west": 1,
        "eet": 2,
        "eest": 3,
    },
    **{"msk": 3, "ist": 5.5, "sgt": 8, "hkt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10},
    **{"aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "nst": -3.5, "ndt": -2.5, "sast": 2},
}
_FILLER = "at um a de del di le el il om kl the on of st nd rd th er t uhr h"
FILLER = frozenset(_FILLER.split())
