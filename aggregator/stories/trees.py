"""The learned scorers: made by tools/train_scorer.py, not by hand.

Learned from 48799 entries in 18 streams, made of: og2021_a, uci_a, allsides_dated_a, allsides_sim_a, ecbplus_sim_a.
"""

# ruff: noqa
# fmt: off

from __future__ import annotations


def join(like: tuple[float, ...]) -> float:
    """Log-odds that the two are about one event, +0.5 for the threshold 0."""
    centroid, best, title, mean, size, gap, text, length, numbers, margin, covered = like
    return (
        6.0 * (0.5 * centroid + 0.5 * best - 0.05 * gap - 0.2) + 0.5
        + (((-0.4577 if mean <= 0.1475 else (-0.1593 if size <= 0.89588 else -0.2996)) if gap <= 0.42147 else -0.5166) if mean <= 0.23955 else (((-0.0328 if size <= 0.89588 else -0.1747) if gap <= 0.60613 else -0.3715) if mean <= 0.34042 else -0.0039))
        + (((-0.1433 if mean <= 0.1475 else 0.0322) if gap <= 0.39288 else -0.1979) if mean <= 0.23955 else ((0.1414 if gap <= 0.53966 else -0.1063) if margin <= 0.17414 else (0.2811 if size <= 0.89588 else (0.1844 if gap <= 0.51779 else -0.0567))))
        + (((-0.1605 if mean <= 0.11847 else -0.0096) if gap <= 0.52432 else -0.1912) if mean <= 0.2263 else ((0.0997 if gap <= 0.60613 else -0.1173) if margin <= 0.1391 else (0.2422 if size <= 0.89588 else (0.1501 if gap <= 0.59198 else -0.0833))))
        + (((-0.1120 if mean <= 0.15885 else (0.1100 if size <= 0.89588 else (0.0501 if text <= 1e-35 else -0.1120))) if gap <= 0.50395 else -0.1653) if mean <= 0.27127 else ((0.1711 if size <= 0.89588 else 0.0542) if mean <= 0.39325 else 0.2056))
        + (((-0.1549 if mean <= 0.095961 else -0.0218) if gap <= 0.3382 else -0.1654) if mean <= 0.19956 else ((0.0828 if size <= 0.89588 else (0.0019 if gap <= 0.3382 else -0.1654)) if margin <= 0.16947 else (0.2027 if size <= 0.89588 else 0.1002)))
        + (((-0.1159 if mean <= 0.12776 else (0.0946 if size <= 0.89588 else (0.0280 if text <= 1e-35 else -0.1159))) if gap <= 0.59895 else -0.1478) if mean <= 0.27542 else ((0.1149 if gap <= 0.59895 else -0.0243) if mean <= 0.39325 else 0.1716))
        + (((-0.0406 if size <= 5.0466 else -0.1404) if gap <= 0.16809 else -0.1404) if mean <= 0.19515 else ((0.0836 if gap <= 0.13307 else -0.0406) if margin <= 0.17865 else (0.1789 if size <= 0.89588 else (0.1062 if gap <= 0.2017 else -0.0289))))
        + (((0.0645 if gap <= 0.60613 else -0.0738) if size <= 0.89588 else ((0.0003 if gap <= 0.14144 else -0.1197) if text <= 1e-35 else -0.1863)) if margin <= 0.14926 else (0.1666 if size <= 0.89588 else (0.0792 if text <= 1e-35 else -0.0519)))
        + (((-0.1039 if mean <= 0.11553 else (0.0687 if size <= 0.89588 else (0.0203 if text <= 1e-35 else -0.1039))) if gap <= 0.60613 else -0.1225) if mean <= 0.28151 else (0.1383 if size <= 0.89588 else (0.0824 if gap <= 0.60613 else -0.0910)))
        + (((-0.0323 if margin <= 0.032357 else 0.0851) if size <= 0.89588 else ((0.0019 if gap <= 0.16435 else -0.1062) if text <= 1e-35 else -0.1719)) if margin <= 0.17414 else (0.1504 if size <= 0.89588 else (0.0525 if size <= 4.9938 else -0.1564)))
        + ((((0.0221 if text <= 1e-35 else -0.1082) if size <= 4.6867 else -0.1230) if gap <= 0.26437 else -0.1230) if mean <= 0.18516 else ((0.0647 if size <= 0.89588 else (0.0221 if gap <= 0.27794 else -0.1169)) if mean <= 0.33539 else 0.1079))
        + ((-0.0032 if gap <= 0.11963 else (-0.0200 if size <= 1e-35 else -0.1217)) if margin <= 0.062624 else (0.1193 if size <= 0.89588 else (((0.0810 if gap <= 0.19429 else -0.0488) if size <= 5.0466 else -0.1427) if text <= 1e-35 else -0.0687)))
        + (((-0.0404 if size <= 5.4446 else -0.1284) if gap <= 0.60613 else -0.1284) if mean <= 0.17737 else ((0.0488 if gap <= 0.12993 else ((-0.0268 if text <= 1e-35 else 0.0488) if size <= 0.89588 else -0.0404)) if mean <= 0.36505 else 0.1033))
        + (((0.0414 if size <= 0.89588 else (-0.0064 if text <= 1e-35 else -0.0975)) if gap <= 0.59895 else (-0.0217 if size <= 1e-35 else -0.1275)) if margin <= 0.16096 else (0.1223 if size <= 0.89588 else (0.0479 if text <= 1e-35 else -0.0399)))
        + ((-0.0918 if mean <= 0.11847 else ((0.0765 if length <= 2.2499 else (0.0689 if size <= 0.89588 else -0.0135)) if gap <= 0.16809 else ((-0.0372 if text <= 1e-35 else 0.0677) if size <= 0.89588 else -0.0907))) if mean <= 0.32349 else 0.0765)
        + ((-0.0106 if gap <= 0.29279 else -0.0837) if margin <= 0.062624 else (((0.0825 if gap <= 0.60613 else -0.1328) if text <= 1e-35 else 0.1414) if size <= 0.89588 else (0.0290 if text <= 1e-35 else (-0.0807 if length <= 3.0201 else 0.0947))))
        + ((((0.0086 if size <= 4.9593 else -0.1198) if gap <= 0.59895 else -0.1198) if text <= 1e-35 else (0.0086 if size <= 1e-35 else -0.1446)) if mean <= 0.15885 else ((0.0426 if size <= 0.89588 else 0.0086) if mean <= 0.40526 else 0.0926))
        + (((-0.0240 if text <= 1e-35 else 0.0912) if size <= 1e-35 else ((0.0060 if gap <= 0.5323 else -0.0857) if text <= 1e-35 else (-0.0188 if size <= 0.89588 else -0.1448))) if margin <= 0.22394 else (0.1012 if size <= 0.89588 else 0.0219))
        + ((((0.0641 if length <= 2.2499 else 0.0047) if gap <= 0.08819 else (-0.0024 if size <= 0.89588 else (-0.0472 if text <= 1e-35 else -0.1241))) if size <= 5.4446 else -0.1634) if mean <= 0.288 else (0.0641 if gap <= 0.40888 else -0.0024))
        + ((-0.0156 if gap <= 0.60613 else -0.0818) if margin <= 0.045412 else (((0.0574 if gap <= 0.60613 else -0.1249) if text <= 1e-35 else 0.1195) if size <= 0.89588 else (0.0661 if length <= 2.2499 else (-0.0084 if size <= 4.9593 else -0.1445))))
        + ((((((0.0830 if gap <= 0.058665 else 0.0184) if length <= 2.602 else -0.0117) if text <= 1e-35 else (0.0494 if size <= 0.89588 else -0.0516)) if numbers <= 1e-35 else -0.0516) if mean <= 0.40896 else 0.0830) if gap <= 0.60613 else -0.0516)
        + (-0.0764 if mean <= 0.10499 else (((0.0728 if length <= 2.2499 else (0.0521 if size <= 0.89588 else -0.0093)) if gap <= 0.1835 else ((-0.0279 if text <= 1e-35 else 0.0482) if size <= 0.89588 else -0.0614)) if mean <= 0.42628 else 0.0728))
        + (((0.1073 if length <= 2.1383 else (0.0735 if size <= 0.89588 else (0.0274 if text <= 1e-35 else -0.0283))) if gap <= 0.08819 else (-0.0814 if mean <= 0.1372 else (0.0184 if size <= 0.89588 else -0.0283))) if size <= 5.0466 else -0.1300)
        + ((-0.0537 if best <= 0.18478 else -0.0073) if margin <= 0.12116 else (((0.0554 if gap <= 0.57665 else -0.1138) if text <= 1e-35 else 0.1143) if size <= 0.89588 else ((0.0174 if gap <= 0.60613 else -0.0700) if size <= 5.5664 else -0.1584)))
        + (((0.0660 if length <= 2.1383 else ((0.0129 if margin <= 0.13574 else 0.0833) if size <= 0.89588 else -0.0066)) if gap <= 0.60613 else ((-0.0696 if text <= 1e-35 else 0.0129) if size <= 0.89588 else -0.0879)) if size <= 5.5274 else -0.1565)
        + ((((0.0357 if numbers <= 1e-35 else -0.0158) if gap <= 0.056403 else (-0.0919 if mean <= 0.10977 else -0.0158)) if size <= 5.4139 else -0.1445) if margin <= 0.3358 else (0.0900 if size <= 0.89588 else (0.0102 if margin <= 0.77658 else 0.1087)))
        + (((0.0025 if text <= 1e-35 else (0.0228 if size <= 1e-35 else -0.1342)) if margin <= 0.014737 else ((-0.0067 if text <= 1e-35 else 0.0916) if size <= 0.89588 else (0.0174 if text <= 1e-35 else -0.0378))) if size <= 5.5664 else -0.1562)
        + (((((0.0432 if length <= 2.6736 else -0.0119) if text <= 1e-35 else (-0.0119 if length <= 3.0201 else 0.0660)) if gap <= 0.35424 else (-0.0953 if mean <= 0.12565 else -0.0119)) if numbers <= 1e-35 else -0.0505) if mean <= 0.47204 else 0.0660)
        + ((((0.0730 if length <= 2.0127 else (0.0209 if size <= 0.89588 else -0.0073)) if gap <= 0.60613 else ((-0.0642 if text <= 1e-35 else 0.0057) if size <= 0.89588 else -0.0763)) if centroid <= 0.73735 else 0.0916) if size <= 5.5664 else -0.1534)
        + (-0.1193 if mean <= 0.063528 else ((((0.0584 if length <= 2.3502 else 0.0092) if gap <= 0.08819 else (-0.0794 if mean <= 0.10977 else -0.0039)) if numbers <= 1e-35 else (-0.0695 if mean <= 0.22938 else -0.0072)) if mean <= 0.54143 else 0.0740))
        + (((0.0050 if text <= 1e-35 else (0.0141 if size <= 1e-35 else -0.1254)) if margin <= 0.0089267 else ((-0.0095 if text <= 1e-35 else 0.0819) if size <= 0.89588 else (-0.0494 if size <= 1.2425 else 0.0092))) if size <= 5.5664 else -0.1501)
        + (((0.0562 if length <= 2.2499 else ((0.0118 if covered <= 0.46597 else 0.1196) if size <= 0.89588 else (0.0143 if text <= 1e-35 else -0.0047))) if gap <= 0.08819 else (-0.0827 if mean <= 0.10499 else -0.0047)) if size <= 4.9593 else -0.0906)
        + (((((-0.0070 if size <= 1.7006 else 0.0599) if length <= 2.2499 else (0.0094 if size <= 0.89588 else -0.0230)) if length <= 3.0201 else (0.0779 if size <= 2.3502 else -0.0530)) if centroid <= 0.73735 else 0.0779) if size <= 5.5664 else -0.1458)
        + (-0.1073 if mean <= 0.063528 else ((((0.0372 if text <= 1e-35 else -0.0109) if length <= 2.6736 else -0.0109) if gap <= 0.050797 else -0.0109) if length <= 3.0201 else ((-0.0093 if text <= 1e-35 else 0.1681) if size <= 2.3502 else -0.0435)))
        + ((((0.0107 if numbers <= 1e-35 else -0.0405) if text <= 1e-35 else ((-0.0457 if margin <= -0.048022 else 0.0510) if size <= 0.89588 else (-0.1231 if length <= 3.0201 else 0.1224))) if margin <= 0.3358 else 0.0191) if size <= 5.5664 else -0.1429)
        + (((0.0423 if length <= 2.0127 else ((-0.0110 if size <= 3.2385 else 0.0241) if length <= 3.0201 else (0.0834 if size <= 2.1383 else -0.0259))) if centroid <= 0.78111 else 0.0834) if size <= 4.6867 else (-0.0089 if length <= 2.5249 else -0.1212))
        + ((-0.0368 if centroid <= 0.13905 else ((-0.0343 if numbers <= -1e-35 else (0.0076 if length <= 3.0201 else 0.0542)) if numbers <= 1e-35 else (-0.0368 if mean <= 0.25728 else (-0.0084 if size <= 3.8815 else 0.0944)))) if size <= 5.5664 else -0.1389)
        + (-0.0940 if mean <= 0.063528 else ((((0.0191 if text <= 1e-35 else (-0.0065 if mean <= 0.40526 else 0.0708)) if gap <= 0.5323 else (-0.0763 if mean <= 0.13092 else -0.0065)) if numbers <= 1e-35 else -0.0257) if mean <= 0.61983 else 0.0708))
        + (((0.0359 if length <= 2.0127 else (0.0089 if size <= 0.89588 else (0.0047 if text <= 1e-35 else ((-0.1100 if margin <= 0.44714 else 0.0044) if length <= 3.0201 else 0.0614)))) if centroid <= 0.78111 else 0.0710) if size <= 5.5664 else -0.1356)
        + ((((0.0300 if length <= 2.4414 else -0.0157) if text <= 1e-35 else (0.0120 if size <= 1e-35 else -0.1105)) if margin <= 0.0033482 else ((-0.0144 if text <= 1e-35 else 0.0655) if size <= 0.89588 else -0.0033)) if size <= 5.5664 else -0.1326)
    )


def fold(like: tuple[float, ...]) -> float:
    """Log-odds that the two are about one event, +0.9 for the threshold 0."""
    cosine, better, worse, larger, smaller, gap, best, covered, mean = like
    return (
         0.9
        + ((-2.7416 if worse <= -1.0893 else (-2.4056 if gap <= 0.0014218 else -2.6197)) if worse <= 0.45348 else ((-1.9294 if larger <= 4.7318 else -2.4056) if gap <= 0.48825 else -2.5489))
        + ((-0.1236 if worse <= -1.0893 else (0.1434 if gap <= 0.0006595 else -0.0082)) if worse <= -0.10553 else ((0.2461 if gap <= 0.0006595 else 0.0551) if mean <= 0.27797 else 0.5147))
        + ((-0.0237 if gap <= 0.06584 else -0.1310) if worse <= -1.0276 else (0.4483 if larger <= 0.89588 else ((0.0091 if better <= 1.1952 else 0.2412) if gap <= 0.0093371 else -0.0237)))
        + ((-0.0286 if gap <= 0.046641 else -0.1265) if worse <= -1.0893 else ((0.0263 if mean <= 0.25298 else 0.3760) if smaller <= 1e-35 else (0.1600 if gap <= 0.0006595 else -0.0286)))
        + (-0.1127 if worse <= -1.2568 else ((0.0226 if mean <= 0.25298 else 0.3011) if smaller <= 1e-35 else ((0.0631 if covered <= 0.65409 else 0.2036) if gap <= 0.0006595 else -0.0316)))
        + (-0.1075 if worse <= -1.2568 else (0.2485 if larger <= 0.89588 else (((0.0105 if mean <= 0.24198 else 0.1380) if covered <= 0.67603 else 0.1914) if gap <= 0.11324 else -0.0501)))
        + (-0.1060 if worse <= -1.429 else ((0.0178 if mean <= 0.25298 else 0.2228) if smaller <= 1e-35 else (0.0935 if gap <= 0.0006595 else (0.0610 if larger <= 0.89588 else -0.0470))))
        + (-0.1061 if worse <= -1.6685 else ((0.0161 if mean <= 0.25298 else 0.1903) if smaller <= 1e-35 else (0.0785 if gap <= 0.0097174 else (0.0682 if larger <= 0.89588 else -0.0544))))
        + (-0.1011 if worse <= -1.6685 else ((((0.0400 if smaller <= 0.89588 else -0.0520) if larger <= 2.2499 else 0.0920) if mean <= 0.27362 else 0.1837) if gap <= 0.606 else -0.0582))
        + (-0.0959 if worse <= -1.6685 else (0.1599 if larger <= 0.89588 else (((-0.0061 if mean <= 0.24198 else 0.0985) if covered <= 0.67603 else 0.1219) if gap <= 0.11324 else -0.0525)))
        + (-0.0983 if worse <= -2.0905 else (0.1199 if smaller <= 1e-35 else (((0.0425 if gap <= 0.606 else -0.0482) if smaller <= 0.89588 else -0.0615) if larger <= 2.2499 else 0.0713)))
        + ((((0.0119 if smaller <= 0.89588 else -0.0575) if larger <= 2.2499 else (0.0719 if larger <= 4.7406 else -0.0375)) if mean <= 0.27362 else 0.1423) if gap <= 0.51773 else -0.0828)
        + (-0.0901 if worse <= -2.0905 else (0.1306 if larger <= 0.89588 else (((-0.0057 if worse <= 1.8523 else 0.0927) if covered <= 0.67603 else 0.0927) if gap <= 0.11324 else -0.0467)))
        + (-0.0850 if worse <= -2.0905 else ((((0.0214 if covered <= 0.67603 else 0.0913) if larger <= 5.0466 else -0.0447) if gap <= 0.11324 else -0.0447) if mean <= 0.30639 else 0.1180))
        + ((((-0.0340 if better <= 4.5994 else 0.0523) if larger <= 2.2499 else 0.0388) if mean <= 0.27362 else 0.1152) if gap <= 0.51773 else (-0.0787 if mean <= 0.3465 else 0.0457))
        + (-0.0766 if worse <= -2.0905 else (0.1105 if larger <= 0.89588 else ((0.0112 if mean <= 0.24041 else 0.0684) if gap <= 0.068769 else (-0.0512 if mean <= 0.31616 else 0.0286))))
    )
