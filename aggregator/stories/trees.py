"""The learned scorers: made by tools/train_scorer.py, not by hand.

Learned from 48799 entries in 18 streams, made of: og2021_a, uci_a, allsides_dated_a, allsides_sim_a, ecbplus_sim_a.
"""

# ruff: noqa
# fmt: off

from __future__ import annotations


def join(like: tuple[float, ...]) -> float:
    """Log-odds that the two are about one event, +0.7 for the threshold 0."""
    centroid, best, title, mean, size, gap, text, length, numbers, margin, covered = like
    return (
        0.7
        + ((-0.7520 if mean <= 0.13918 else (-0.4949 if gap <= 0.40898 else -0.7257)) if mean <= 0.22631 else ((-0.3659 if gap <= 0.51541 else -0.6421) if margin <= 0.13969 else (-0.1737 if size <= 0.89588 else (-0.2819 if gap <= 0.58576 else -0.5847))))
        + (((-0.1217 if gap <= 0.3607 else -0.2039) if mean <= 0.15765 else ((0.1758 if size <= 0.89588 else 0.0339) if gap <= 0.47581 else -0.1442)) if mean <= 0.23962 else ((0.1763 if gap <= 0.55807 else -0.0470) if mean <= 0.3245 else 0.2752))
        + (((-0.1550 if mean <= 0.11082 else 0.0059) if gap <= 0.51541 else -0.1835) if mean <= 0.21031 else (((0.1925 if size <= 0.89588 else 0.0151) if gap <= 0.59933 else -0.0940) if margin <= 0.1694 else (0.2663 if size <= 0.89588 else 0.1667)))
        + (((-0.1588 if mean <= 0.088073 else -0.0103) if gap <= 0.20383 else -0.1623) if mean <= 0.19578 else ((0.0964 if gap <= 0.27441 else -0.0869) if margin <= 0.072594 else (0.2270 if size <= 0.89588 else (0.1540 if gap <= 0.34436 else -0.0379))))
        + (((-0.0956 if gap <= 0.19683 else -0.1695) if mean <= 0.13918 else ((-0.0140 if margin <= 0.057629 else 0.0936) if gap <= 0.59933 else -0.1225)) if mean <= 0.26268 else ((0.1298 if gap <= 0.60612 else -0.0123) if mean <= 0.36363 else 0.1984))
        + (((-0.1512 if mean <= 0.08277 else -0.0663) if gap <= 0.52886 else -0.1582) if mean <= 0.19281 else ((0.0948 if size <= 0.89588 else -0.0663) if margin <= 0.18069 else (0.1970 if size <= 0.89588 else (0.1334 if gap <= 0.19271 else 0.0044))))
        + (((-0.1086 if mean <= 0.11683 else (0.1102 if size <= 0.89588 else (0.0477 if text <= 1e-35 else -0.1086))) if gap <= 0.57173 else -0.1358) if mean <= 0.28008 else (0.1702 if size <= 0.89588 else (0.1146 if gap <= 0.59206 else -0.0708)))
        + (((0.0381 if size <= 4.5163 else -0.1260) if gap <= 0.1346 else (0.0010 if size <= 1e-35 else -0.1355)) if margin <= 0.1267 else (0.1724 if size <= 0.89588 else ((0.1037 if size <= 5.6003 else -0.1754) if text <= 1e-35 else -0.0546)))
        + (((-0.0200 if size <= 5.2704 else -0.1336) if gap <= 0.29296 else -0.1336) if mean <= 0.17348 else (((0.1233 if size <= 0.89588 else 0.0387) if gap <= 0.29822 else (0.0398 if size <= 0.89588 else -0.0910)) if mean <= 0.34112 else 0.1380))
        + (((0.0451 if size <= 0.89588 else (-0.0172 if text <= 1e-35 else -0.1227)) if gap <= 0.60612 else -0.1227) if margin <= 0.087354 else (0.1463 if size <= 0.89588 else (0.0696 if text <= 1e-35 else (-0.1308 if margin <= 0.40278 else 0.0387))))
        + ((-0.0373 if gap <= 0.12321 else (-0.0619 if size <= 0.89588 else -0.1421)) if mean <= 0.16025 else ((0.0643 if gap <= 0.13136 else ((-0.0237 if margin <= 0.0088087 else 0.0643) if size <= 0.89588 else -0.0862)) if mean <= 0.36363 else 0.1270))
        + ((-0.1205 if mean <= 0.10016 else ((0.0528 if size <= 0.89588 else (0.0291 if text <= 1e-35 else -0.0235)) if gap <= 0.59933 else (-0.0235 if size <= 0.89588 else -0.1205))) if mean <= 0.27012 else (0.0528 if mean <= 0.40709 else 0.1313))
        + ((0.0350 if size <= 1e-35 else (((0.1228 if length <= 2.2499 else -0.0091) if gap <= 0.27441 else -0.0807) if text <= 1e-35 else (-0.0378 if size <= 0.89588 else -0.1557))) if margin <= 0.15907 else (0.1336 if size <= 0.89588 else 0.0298))
        + ((-0.0528 if text <= 1e-35 else -0.1430) if mean <= 0.12567 else (-0.0323 if margin <= 0.020837 else (((0.1020 if gap <= 0.60612 else -0.0528) if text <= 1e-35 else 0.1480) if size <= 0.89588 else (0.0492 if text <= 1e-35 else -0.0469))))
        + ((-0.1082 if mean <= 0.0956 else ((0.0718 if length <= 2.2499 else (0.0522 if size <= 0.89588 else (0.0015 if text <= 1e-35 else -0.0718))) if gap <= 0.60612 else (-0.0233 if size <= 0.89588 else -0.1082))) if mean <= 0.2901 else 0.0726)
        + ((0.0082 if gap <= 0.10833 else (-0.0117 if size <= 1e-35 else (-0.0567 if text <= 1e-35 else -0.1464))) if margin <= 0.037233 else (0.0930 if size <= 0.89588 else ((0.0387 if gap <= 0.20035 else -0.0542) if size <= 5.675 else -0.1706)))
        + ((-0.1121 if mean <= 0.08277 else ((0.0688 if length <= 2.3502 else 0.0080) if gap <= 0.09198 else (0.0038 if size <= 0.89588 else (-0.0380 if text <= 1e-35 else -0.1121)))) if mean <= 0.31221 else (0.0831 if gap <= 0.59206 else 0.0038))
        + (((0.0025 if gap <= 0.49487 else -0.1330) if text <= 1e-35 else -0.1390) if mean <= 0.11082 else (((0.0528 if size <= 0.89588 else (0.0217 if text <= 1e-35 else -0.0470)) if gap <= 0.60612 else -0.0470) if mean <= 0.39267 else 0.0925))
        + (((-0.0712 if mean <= 0.07 else (0.0345 if size <= 0.89588 else -0.0129)) if gap <= 0.60612 else (-0.1241 if mean <= 0.13451 else -0.0389)) if margin <= 0.23725 else (0.1062 if size <= 0.89588 else (0.0779 if length <= 2.2499 else 0.0045)))
        + ((0.0044 if gap <= 0.10833 else -0.0638) if margin <= 0.015417 else (((0.0615 if gap <= 0.60612 else -0.1283) if text <= 1e-35 else 0.1151) if size <= 0.89588 else (0.0229 if text <= 1e-35 else (-0.0839 if length <= 3.0201 else 0.1006))))
        + (-0.0939 if mean <= 0.08277 else (((0.0727 if length <= 2.3502 else (0.0746 if size <= 0.89588 else -0.0087)) if gap <= 0.09198 else ((-0.0253 if text <= 1e-35 else 0.0448) if size <= 0.89588 else -0.0537)) if mean <= 0.41753 else 0.0860))
        + (((-0.0434 if text <= 1e-35 else -0.1455) if mean <= 0.08277 else (0.0178 if gap <= 0.14299 else (-0.0021 if size <= 0.89588 else (-0.0190 if text <= 1e-35 else -0.0872)))) if margin <= 0.33112 else (0.1086 if size <= 0.89588 else 0.0235))
        + ((((0.0705 if length <= 2.1383 else (0.0108 if text <= 1e-35 else (0.0659 if size <= 1e-35 else -0.0197))) if mean <= 0.37542 else 0.0705) if gap <= 0.60612 else (-0.1141 if mean <= 0.13127 else -0.0197)) if size <= 5.6003 else -0.1594)
        + ((((0.0886 if length <= 2.2499 else 0.0123) if gap <= 0.051316 else (-0.0856 if mean <= 0.10685 else (0.0123 if size <= 0.89588 else (-0.0760 if size <= 1.2425 else -0.0082)))) if size <= 5.692 else -0.1645) if mean <= 0.47436 else 0.0897)
        + (((-0.0020 if text <= 1e-35 else (0.0367 if size <= 1e-35 else -0.1275)) if margin <= 0.0088087 else (((0.0400 if gap <= 0.60612 else -0.1128) if text <= 1e-35 else 0.0935) if size <= 0.89588 else 0.0039)) if size <= 5.2704 else -0.1271)
        + (((0.0826 if length <= 2.1383 else ((0.0217 if covered <= 0.46571 else 0.1208) if size <= 0.89588 else (0.0183 if text <= 1e-35 else -0.0092))) if gap <= 0.15632 else (-0.0925 if mean <= 0.11082 else -0.0092)) if size <= 5.692 else -0.1592)
        + (((((0.0555 if text <= 1e-35 else -0.0071) if length <= 2.602 else -0.0071) if gap <= 0.048138 else ((-0.0071 if size <= 1e-35 else -0.0898) if best <= 0.15864 else -0.0071)) if size <= 5.692 else -0.1565) if mean <= 0.47436 else 0.0780)
        + (((-0.0021 if text <= 1e-35 else (0.0320 if size <= 1e-35 else -0.1181)) if margin <= 0.0088087 else (((0.0319 if gap <= 0.60612 else -0.0980) if text <= 1e-35 else 0.0829) if size <= 0.89588 else -0.0008)) if size <= 5.692 else -0.1540)
        + (((((0.0645 if text <= 1e-35 else -0.0176) if length <= 2.2499 else (-0.0087 if length <= 3.0201 else 0.0601)) if gap <= 0.60612 else (-0.1126 if mean <= 0.10886 else -0.0198)) if size <= 5.692 else -0.1515) if mean <= 0.47436 else 0.0695)
        + (((((0.0807 if text <= 1e-35 else 0.0036) if length <= 2.1383 else 0.0048) if gap <= 0.17769 else (0.0036 if size <= 0.89588 else (-0.0979 if best <= 0.19932 else -0.0205))) if mean <= 0.5327 else 0.0807) if size <= 5.2704 else -0.1048)
        + (-0.0863 if mean <= 0.06003 else ((0.0165 if gap <= 0.048138 else (0.0049 if size <= 0.89588 else (-0.0031 if text <= 1e-35 else -0.0758))) if length <= 3.0201 else ((-0.0024 if text <= 1e-35 else 0.2089) if size <= 2.1383 else -0.0446)))
        + ((((0.0008 if text <= 1e-35 else (0.0267 if size <= 0.89588 else -0.1181)) if length <= 3.0201 else (-0.0183 if text <= 1e-35 else 0.1560)) if margin <= 0.35225 else (0.0859 if size <= 0.89588 else 0.0103)) if size <= 5.692 else -0.1473)
        + ((((0.0293 if length <= 2.4414 else -0.0229) if text <= 1e-35 else (0.0221 if size <= 1e-35 else -0.1039)) if margin <= 0.0072259 else ((-0.0103 if text <= 1e-35 else 0.0671) if size <= 0.89588 else -0.0000)) if size <= 5.692 else -0.1449)
        + ((((0.0580 if length <= 2.0127 else ((0.0203 if text <= 1e-35 else -0.0143) if length <= 2.602 else -0.0143)) if gap <= 0.60612 else (-0.1016 if mean <= 0.10886 else -0.0143)) if size <= 5.692 else -0.1417) if margin <= 0.64989 else 0.0590)
        + (-0.0900 if numbers <= -1e-35 else ((0.0176 if gap <= 0.048138 else ((0.0021 if size <= 1e-35 else ((0.0009 if gap <= 0.57173 else -0.0678) if text <= 1e-35 else -0.0861)) if best <= 0.23863 else 0.0082)) if size <= 5.1733 else -0.0772))
        + ((((-0.0074 if size <= 1.7006 else 0.0557) if length <= 2.2499 else (0.0074 if size <= 0.89588 else (-0.0041 if text <= 1e-35 else -0.0872))) if length <= 3.0201 else (0.0670 if size <= 2.3502 else -0.0551)) if mean <= 0.54311 else 0.0670)
        + ((-0.0765 if numbers <= -1e-35 else ((((0.0235 if length <= 2.602 else -0.0124) if gap <= 0.086309 else -0.0124) if length <= 3.0201 else (0.0719 if size <= 2.3502 else -0.0440)) if mean <= 0.58671 else 0.0719)) if size <= 5.692 else -0.1386)
        + (-0.0716 if mean <= 0.05822 else (0.0373 if length <= 2.0127 else ((-0.0081 if margin <= 0.4477 else (0.0967 if size <= 0.89588 else 0.0055)) if length <= 3.0201 else ((-0.0168 if text <= 1e-35 else 0.1532) if size <= 2.1383 else -0.0301))))
        + ((-0.0661 if numbers <= -1e-35 else ((0.0040 if gap <= 0.60612 else (-0.1080 if mean <= 0.09472 else ((-0.0068 if margin <= 0.14418 else -0.1080) if text <= 1e-35 else 0.0040))) if margin <= 0.64989 else 0.0437)) if size <= 5.692 else -0.1355)
        + (((0.0008 if text <= 1e-35 else (-0.0024 if size <= 0.89588 else -0.1194)) if margin <= 1e-35 else (((0.0147 if gap <= 0.60612 else -0.0824) if text <= 1e-35 else 0.0607) if size <= 0.89588 else -0.0023)) if size <= 5.692 else -0.1327)
    )


def fold(like: tuple[float, ...]) -> float:
    """Log-odds that the two are about one event, +0.6 for the threshold 0."""
    cosine, better, worse, larger, smaller, gap, best, covered, mean = like
    return (
        0.6
        + ((-2.1503 if larger <= 0.89588 else ((-2.4538 if best <= 0.36161 else (-2.2823 if gap <= 0.27288 else -2.4224)) if gap <= 0.51186 else -2.5481)) if worse <= -0.2485 else -1.9923)
        + ((0.2692 if larger <= 4.2973 else 0.0922) if gap <= 0.095696 else (0.2517 if larger <= 0.89588 else ((-0.0345 if mean <= 0.29644 else 0.0922) if gap <= 0.51186 else -0.1245)))
        + ((0.2237 if smaller <= 1e-35 else ((-0.0434 if best <= 0.36161 else (-0.0228 if worse <= -2.1966 else 0.0966)) if gap <= 0.51186 else -0.1201)) if worse <= -0.2485 else 0.2306)
        + (0.3751 if larger <= 0.89588 else ((-0.0629 if worse <= -2.2297 else (0.2147 if smaller <= 3.3498 else -0.0025)) if gap <= 0.0011361 else (-0.0629 if gap <= 0.54608 else -0.1152)))
        + (0.2947 if larger <= 0.89588 else ((-0.0603 if worse <= -2.2522 else (0.0452 if larger <= 1.7006 else 0.1922)) if gap <= 0.0011361 else (-0.0603 if gap <= 0.54608 else -0.1098)))
        + (0.2406 if larger <= 0.89588 else (((-0.0012 if worse <= -2.2297 else (0.0128 if best <= 0.25013 else 0.1492)) if gap <= 0.0011361 else -0.0012) if gap <= 0.51186 else -0.1039))
        + ((((-0.0360 if best <= 0.39973 else (0.1208 if gap <= 0.08875 else -0.0035)) if gap <= 0.51186 else -0.1018) if mean <= 0.31723 else 0.1223) if worse <= -0.1574 else 0.1223)
        + (0.1887 if larger <= 0.89588 else (((-0.0198 if mean <= 0.29096 else 0.1104) if larger <= 2.5249 else (-0.0348 if worse <= -2.2297 else 0.1276)) if gap <= 0.51186 else -0.0941))
        + ((((-0.0446 if best <= 0.35343 else 0.0360) if larger <= 2.5249 else (-0.0310 if worse <= -2.1579 else 0.1077)) if gap <= 0.51186 else -0.0853) if mean <= 0.34015 else 0.1762)
        + (0.1507 if larger <= 0.89588 else (((-0.0204 if mean <= 0.29096 else 0.0883) if larger <= 2.2499 else (-0.0369 if worse <= -2.2297 else 0.0902)) if gap <= 0.51186 else -0.0840))
        + (((-0.0482 if worse <= -2.2522 else (-0.0069 if best <= 0.25013 else (0.0080 if better <= 0.9394 else 0.0998))) if gap <= 0.0096957 else -0.0482) if mean <= 0.34015 else 0.1417)
        + (((0.0143 if larger <= 2.5249 else (0.1024 if larger <= 3.6762 else 0.0143)) if mean <= 0.31723 else 0.1537) if gap <= 0.60502 else (0.0143 if smaller <= 1e-35 else -0.0770))
        + (0.1164 if larger <= 0.89588 else (((-0.0294 if worse <= 1e-35 else 0.0509) if best <= 0.40609 else 0.0509) if gap <= 0.51186 else (-0.0827 if best <= 0.46828 else 0.0188)))
        + ((((-0.0475 if larger <= 2.3502 else 0.0246) if best <= 0.3206 else 0.0552) if gap <= 0.08875 else -0.0475) if mean <= 0.31723 else (0.1295 if gap <= 0.60589 else 0.0035))
        + (0.0983 if larger <= 0.89588 else ((((-0.0358 if best <= 0.44235 else 0.0470) if larger <= 2.2499 else 0.0376) if mean <= 0.31723 else 0.0859) if gap <= 0.54608 else -0.0639))
        + (-0.0554 if worse <= -2.2835 else (0.1007 if larger <= 0.89588 else (((-0.0554 if cosine <= 0.47938 else 0.0286) if best <= 0.42237 else 0.0286) if larger <= 2.2499 else 0.0541)))
    )
