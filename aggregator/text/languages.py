"""Converts the languages that feeds state to tags of BCP 47 (RFC 5646)."""

import re
from functools import lru_cache

SHORTER = """
aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arg:an arm:hy asm:as ava:av ave:ae aym:ay aze:az bak:ba
bam:bm baq:eu bel:be ben:bn bih:bh bis:bi bod:bo bos:bs bre:br bul:bg bur:my cat:ca ces:cs cha:ch che:ce
chi:zh chu:cu chv:cv cor:kw cos:co cre:cr cym:cy cze:cs dan:da deu:de div:dv dut:nl dzo:dz ell:el eng:en
epo:eo est:et eus:eu ewe:ee fao:fo fas:fa fij:fj fin:fi fra:fr fre:fr fry:fy ful:ff geo:ka ger:de gla:gd
gle:ga glg:gl glv:gv gre:el grn:gn guj:gu hat:ht hau:ha heb:he her:hz hin:hi hmo:ho hrv:hr hun:hu hye:hy
ibo:ig ice:is ido:io iii:ii iku:iu ile:ie ina:ia ind:id ipk:ik isl:is ita:it jav:jv jpn:ja kal:kl kan:kn
kas:ks kat:ka kau:kr kaz:kk khm:km kik:ki kin:rw kir:ky kom:kv kon:kg kor:ko kua:kj kur:ku lao:lo lat:la
lav:lv lim:li lin:ln lit:lt ltz:lb lub:lu lug:lg mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk mlg:mg
mlt:mt mon:mn mri:mi msa:ms mya:my nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl nno:nn nob:nb nor:no
nya:ny oci:oc oji:oj ori:or orm:om oss:os pan:pa per:fa pli:pi pol:pl por:pt pus:ps que:qu roh:rm ron:ro
rum:ro run:rn rus:ru sag:sg san:sa sin:si slk:sk slo:sk slv:sl sme:se smo:sm sna:sn snd:sd som:so sot:st
spa:es sqi:sq srd:sc srp:sr ssw:ss sun:su swa:sw swe:sv tah:ty tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th
tib:bo tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr twi:tw uig:ug ukr:uk urd:ur uzb:uz ven:ve vie:vi vol:vo
wel:cy wln:wa wol:wo xho:xh yid:yi yor:yo zha:za zho:zh zul:zu
"""
"""ISO 639-2 in both its forms -> ISO 639-1: RFC 5646 2.2.1 requires the shorter code."""
LONGER = """
ace ach ada ady afa afh ain akk ale alg alt ang anp apa arb arc arn arp art arw arz ast ath aus awa azb
bad bai bal ban bar bas bat bcl bej bem ber bho bik bin bla bnt bpy bra btk bua bug byn cad cai car cau
cdo ceb cel chb chg chk chm chn cho chp chr chy ckb cmc cmn cnr cop cpe cpf cpp crh crp csb cus dak dar
day del den dgr din diq doi dra dsb dua dum dyu efi egy eka elx enm ewo fan fat fil fiu fon frm fro frp
frr frs fur gaa gag gan gay gba gem gez gil glk gmh goh gon gor got grb grc gsw gwi hai hak haw hif hil
him hit hmn hsb hup iba ijo ilo inc ine inh ira iro jam jbo jpr jrb kaa kab kac kam kar kaw kbd kha khi
kho kmb kmr koi kok kos kpe kpv krc krl kro kru ksh kum kut lad lah lam lez lij lmo lol loz lrc ltg lua
lui lun luo lus lzh mad mag mai mak man map mas mdf mdr men mga mhr mic min mkh mnc mni mno moh mos mrj
mun mus mwl mwr myn myv mzn nah nai nan nap nds new nia nic niu nog non nqo nrm nso nub nwc nym nyn nyo
nzi osa ota oto paa pag pal pam pap pau pcd peo pfl phi phn pms pnb pon pra pro raj rap rar rmy roa rom
rue rup sad sah sai sal sam sas sat scn sco sel sem sga sgn sgs shn sid sio sit skr sla sma smi smj smn
sms snk sog son srn srr ssa stq suk sus sux syc syr szl tai tcy tem ter tet tig tiv tkl tlh tli tmh tog
tok tpi tsi tum tup tut tvl tyv udm uga umb vai vec vls vot vro wak wal war was wen wuu xal yao yap ypk
yue zap zbl zea zen zgh znd zun zza
"""
"""Codes without a shorter one: ISO 639-2, and those of ISO 639-3 that have a Wikipedia."""
RENAMED = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sh"}
LANGUAGES = dict(pair.split(":") for pair in SHORTER.split())
LANGUAGES |= {code: code for code in (*LANGUAGES.values(), *LONGER.split())} | RENAMED
REGION = re.compile("[a-z]{2}|[0-9]{3}")
VARIANT = re.compile("[a-z0-9]{5,8}|[0-9][a-z0-9]{3}")


@lru_cache(4096)
def language_code(said: str) -> str:
    """ "por_br.UTF-8" -> "pt-BR"; "" if it does not name a language. Drops malformed parts."""
    first, *rest = re.split("[.@]", said.strip().lower(), maxsplit=1)[0].replace("_", "-").split("-")
    tag = LANGUAGES.get(first, "")
    if rest and len(rest[0]) == 3 and rest[0] in LANGUAGES:  # zh-yue is yue
        tag = tag and LANGUAGES[rest.pop(0)]
    if rest and tag and len(rest[0]) == 4 and rest[0].isascii() and rest[0].isalpha():
        tag += f"-{rest.pop(0).title()}"
    if rest and tag and REGION.fullmatch(rest[0]):
        region = rest.pop(0).upper()
        tag += "-GB" if region == "UK" else f"-{region}"
    while rest and tag and VARIANT.fullmatch(rest[0]):
        tag += f"-{rest.pop(0)}"
    return tag
