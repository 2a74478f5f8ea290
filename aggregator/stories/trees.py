"""The learned scorers: made by tools/train_scorer.py, not by hand.

Learned from 14529 entries in 5 streams, and copies of them: og2021_a, uci_a, allsides_dated_a, allsides_sim_a, ecbplus_sim_a.
"""

# ruff: noqa
# fmt: off

from __future__ import annotations


def join(like: tuple[float, ...]) -> float:
    """Log-odds that the two are about one event, +0.5 for the threshold 0."""
    centroid, best, title, mean, size, gap, text, length, numbers, margin, covered = like
    return (
        6.0 * (0.5 * centroid + 0.5 * best - 0.05 * gap - 0.2) + 0.5
        + (((-0.3875 if mean <= 0.13887 else (-0.2324 if margin <= 0.15967 else -0.0913)) if gap <= 0.42138 else -0.4562) if mean <= 0.23371 else ((-0.0380 if mean <= 0.33568 else 0.0744) if gap <= 0.60613 else (-0.2917 if margin <= 0.26221 else -0.0461)))
        + ((((-0.1996 if mean <= 0.095198 else -0.0717) if mean <= 0.15631 else (0.1500 if size <= 0.89588 else 0.0248)) if gap <= 0.44057 else -0.2100) if mean <= 0.24868 else ((0.2587 if size <= 0.89588 else 0.1672) if gap <= 0.60613 else 0.0197))
        + (((-0.1709 if mean <= 0.10034 else -0.0096) if gap <= 0.3639 else -0.1961) if mean <= 0.21022 else ((0.0905 if gap <= 0.59823 else -0.1494) if margin <= 0.13894 else (0.2404 if size <= 0.89588 else (0.1543 if gap <= 0.38077 else -0.0799))))
        + (((-0.1107 if mean <= 0.15857 else (0.1289 if size <= 0.89588 else (0.0610 if text <= 1e-35 else -0.1107))) if gap <= 0.59823 else -0.1822) if mean <= 0.27158 else ((0.1303 if gap <= 0.60613 else -0.0683) if mean <= 0.3441 else 0.1928))
        + (((-0.1607 if mean <= 0.082053 else -0.0126) if gap <= 0.15555 else -0.1607) if mean <= 0.20043 else ((0.0629 if gap <= 0.50438 else -0.1187) if margin <= 0.11671 else (0.1983 if size <= 0.89588 else (0.1168 if gap <= 0.32395 else -0.0733))))
        + (((0.0807 if gap <= 0.60613 else -0.0946) if size <= 0.89588 else (((0.0249 if size <= 5.2496 else -0.1422) if gap <= 0.093005 else -0.1422) if text <= 1e-35 else -0.1954)) if margin <= 0.22696 else (0.1884 if size <= 0.89588 else 0.0725))
        + (((-0.1129 if mean <= 0.11805 else (-0.0389 if margin <= 0.066253 else (0.1077 if size <= 0.89588 else 0.0290))) if gap <= 0.59823 else -0.1497) if mean <= 0.27829 else ((0.1077 if gap <= 0.60613 else -0.0251) if mean <= 0.39612 else 0.1632))
        + ((((-0.0552 if margin <= 0.12976 else 0.0544) if size <= 5.2496 else -0.1480) if gap <= 0.3639 else -0.1480) if mean <= 0.19401 else (((0.1137 if size <= 0.89588 else 0.0544) if gap <= 0.60613 else -0.0745) if mean <= 0.33568 else 0.1358))
        + (((-0.0460 if text <= 1e-35 else 0.0799) if size <= 0.89588 else ((-0.0072 if gap <= 0.093005 else -0.1187) if text <= 1e-35 else -0.1777)) if margin <= 0.17198 else (0.1586 if size <= 0.89588 else (0.0767 if text <= 1e-35 else -0.0703)))
        + (((-0.1155 if mean <= 0.095198 else (-0.0357 if margin <= 0.039643 else (0.1019 if size <= 0.89588 else (0.0474 if text <= 1e-35 else -0.1155)))) if gap <= 0.60613 else -0.1250) if mean <= 0.29207 else (0.1332 if size <= 0.89588 else 0.0646))
        + (((-0.0367 if size <= 5.3254 else -0.1312) if gap <= 0.38077 else -0.1312) if mean <= 0.18651 else ((0.0528 if gap <= 0.26386 else ((-0.0367 if text <= 1e-35 else 0.0528) if size <= 0.89588 else -0.0367)) if mean <= 0.34127 else 0.1105))
        + (((-0.0326 if text <= 1e-35 else 0.1173) if size <= 1e-35 else (-0.0242 if gap <= 0.15885 else -0.1277)) if margin <= 0.1487 else (0.1357 if size <= 0.89588 else ((0.0642 if size <= 4.9016 else -0.0768) if gap <= 0.19213 else -0.0768)))
        + ((-0.0136 if gap <= 0.055024 else -0.1100) if mean <= 0.15857 else (((0.0560 if gap <= 0.5106 else -0.0748) if text <= 1e-35 else 0.1424) if size <= 0.89588 else ((0.0596 if text <= 1e-35 else -0.0136) if gap <= 0.19213 else -0.0737)))
        + ((((0.0458 if gap <= 0.048132 else (0.0400 if size <= 0.89588 else (-0.0367 if text <= 1e-35 else -0.1270))) if size <= 4.9733 else -0.0973) if gap <= 0.60613 else (-0.0299 if size <= 0.89588 else -0.1418)) if mean <= 0.3121 else 0.0806)
        + (((-0.0308 if text <= 1e-35 else (-0.0155 if margin <= 0.0069012 else 0.1262)) if size <= 0.89588 else (-0.0286 if text <= 1e-35 else -0.1539)) if margin <= 0.18021 else (0.1188 if size <= 0.89588 else (0.0871 if length <= 2.2499 else -0.0023)))
        + (((0.0404 if size <= 1e-35 else -0.0358) if gap <= 0.59823 else -0.0984) if margin <= 0.12176 else (0.1043 if size <= 0.89588 else ((0.0511 if gap <= 0.089119 else (-0.0673 if mean <= 0.42056 else 0.0511)) if size <= 4.9733 else -0.1089)))
        + (((0.0114 if gap <= 0.081465 else -0.0943) if text <= 1e-35 else -0.1378) if mean <= 0.12918 else ((0.0261 if gap <= 0.25896 else ((-0.0591 if text <= 1e-35 else 0.0261) if size <= 0.89588 else -0.0920)) if mean <= 0.39612 else 0.0912))
        + ((((((0.0496 if gap <= 0.068326 else -0.0082) if size <= 5.6682 else -0.0800) if text <= 1e-35 else (0.0496 if size <= 0.89588 else -0.0800)) if numbers <= 1e-35 else -0.0800) if gap <= 0.60613 else -0.0800) if mean <= 0.28037 else 0.0496)
        + (-0.0406 if margin <= 0.059993 else ((0.0076 if text <= 1e-35 else 0.1363) if size <= 0.89588 else ((0.1034 if length <= 2.2499 else 0.0075) if text <= 1e-35 else ((-0.0650 if length <= 3.0201 else 0.1128) if size <= 2.6736 else -0.1895))))
        + ((((0.0201 if gap <= 0.22038 else -0.1029) if size <= 5.6682 else -0.1626) if text <= 1e-35 else -0.1324) if mean <= 0.12204 else ((0.0201 if gap <= 0.38077 else (0.0119 if size <= 0.89588 else -0.0886)) if mean <= 0.4461 else 0.0886))
        + ((((0.0612 if length <= 2.2499 else ((0.0078 if margin <= 0.10523 else 0.0819) if size <= 0.89588 else -0.0166)) if mean <= 0.40025 else 0.0819) if size <= 4.6299 else -0.0541) if gap <= 0.57761 else (-0.0060 if size <= 0.89588 else -0.1066))
        + ((((0.0040 if gap <= 0.35272 else -0.1077) if size <= 5.6577 else -0.1559) if text <= 1e-35 else -0.1353) if mean <= 0.11521 else (((0.0421 if size <= 0.89588 else 0.0040) if gap <= 0.60613 else -0.0362) if mean <= 0.47482 else 0.0849))
        + (-0.0370 if margin <= 0.0051539 else ((-0.0139 if text <= 1e-35 else 0.1169) if size <= 0.89588 else ((0.0817 if length <= 2.2499 else (0.0175 if size <= 4.9593 else -0.1076)) if text <= 1e-35 else (-0.0875 if length <= 3.0201 else 0.0613))))
        + (((0.0956 if length <= 2.2499 else (0.0685 if size <= 0.89588 else 0.0023)) if gap <= 0.057354 else ((-0.0326 if text <= 1e-35 else 0.0308) if size <= 0.89588 else (-0.0896 if best <= 0.23535 else -0.0228))) if size <= 5.6401 else -0.1502)
        + ((((0.1289 if length <= 2.0127 else 0.0107) if gap <= 0.15555 else (0.0107 if size <= 1e-35 else -0.0646)) if size <= 5.3107 else -0.1334) if margin <= 0.22696 else ((0.0095 if text <= 1e-35 else 0.1269) if size <= 0.89588 else 0.0094))
        + (((-0.0391 if mean <= 0.064039 else (((0.0595 if text <= 1e-35 else 0.0010) if gap <= 0.0261 else 0.0010) if mean <= 0.40025 else 0.0690)) if numbers <= 1e-35 else -0.0391) if gap <= 0.57761 else (-0.1064 if mean <= 0.13657 else -0.0391))
        + (((((0.0689 if length <= 2.1383 else 0.0199) if gap <= 0.29814 else ((-0.0480 if text <= 1e-35 else 0.0199) if size <= 0.89588 else -0.0640)) if numbers <= 1e-35 else -0.0459) if mean <= 0.47482 else 0.0689) if size <= 5.6682 else -0.1493)
        + ((-0.0240 if margin <= 0.0017095 else ((-0.0110 if text <= 1e-35 else 0.0979) if size <= 0.89588 else (0.0184 if text <= 1e-35 else ((-0.0509 if length <= 3.0201 else 0.1016) if size <= 2.6736 else -0.1831)))) if size <= 5.6682 else -0.1455)
        + ((((0.0539 if length <= 2.1383 else (0.0272 if size <= 0.89588 else -0.0124)) if gap <= 0.60613 else ((-0.0582 if text <= 1e-35 else 0.0272) if size <= 0.89588 else -0.0780)) if size <= 5.6819 else -0.1431) if centroid <= 0.73793 else 0.0933)
        + (-0.1054 if mean <= 0.057832 else ((0.0189 if gap <= 0.033468 else ((-0.0242 if text <= 1e-35 else 0.0189) if size <= 0.89588 else (-0.0079 if text <= 1e-35 else (-0.1054 if margin <= 0.11671 else -0.0120)))) if margin <= 0.74712 else 0.0908))
        + ((-0.0454 if centroid <= 0.13864 else (((0.0707 if length <= 2.3502 else 0.0118) if gap <= 0.026729 else (0.0118 if size <= 0.89588 else -0.0128)) if numbers <= 1e-35 else (-0.0454 if mean <= 0.26536 else 0.0177))) if size <= 5.6819 else -0.1387)
        + (((((0.0648 if length <= 2.0127 else 0.0083) if gap <= 0.57761 else (-0.0893 if mean <= 0.13657 else -0.0040)) if numbers <= 1e-35 else (-0.0635 if mean <= 0.22519 else 0.0002)) if mean <= 0.60103 else 0.0799) if size <= 5.6819 else -0.1349)
        + (-0.1287 if mean <= 0.048572 else ((0.0032 if text <= 1e-35 else (0.0495 if size <= 1e-35 else -0.1099)) if margin <= 0.079799 else ((-0.0139 if text <= 1e-35 else 0.0958) if size <= 0.89588 else (0.0136 if text <= 1e-35 else -0.0324))))
        + (((((0.0572 if length <= 2.0127 else 0.0069) if gap <= 0.57761 else (-0.0978 if mean <= 0.12 else -0.0073)) if numbers <= 1e-35 else (-0.0644 if mean <= 0.18961 else -0.0043)) if centroid <= 0.76719 else 0.0813) if size <= 5.6819 else -0.1301)
        + (-0.1227 if mean <= 0.048572 else ((-0.0424 if numbers <= -1e-35 else ((0.0009 if size <= 3.2385 else ((0.0564 if length <= 2.6736 else -0.0276) if text <= 1e-35 else -0.1227)) if numbers <= 1e-35 else -0.0244)) if margin <= 0.74712 else 0.0712))
        + ((((-0.0113 if text <= 1e-35 else 0.0480) if size <= 0.89588 else (0.0054 if text <= 1e-35 else (-0.1357 if margin <= 0.037188 else -0.0218))) if size <= 3.314 else (0.0415 if text <= 1e-35 else -0.1638)) if size <= 4.5695 else -0.0385)
        + (((0.0056 if text <= 1e-35 else (-0.0079 if size <= 1e-35 else -0.1222)) if margin <= -0.031462 else ((-0.0104 if text <= 1e-35 else 0.0679) if size <= 0.89588 else (0.0087 if text <= 1e-35 else -0.0360))) if size <= 5.6819 else -0.1238)
        + (-0.1148 if mean <= 0.048572 else (((0.0518 if gap <= 0.25439 else -0.0241) if length <= 2.1383 else ((0.0083 if size <= 0.89588 else -0.0150) if length <= 3.0201 else (0.0724 if size <= 2.2499 else -0.0481))) if mean <= 0.65361 else 0.0724))
        + (((0.0535 if length <= 2.2499 else (0.0448 if size <= 0.89588 else -0.0016)) if gap <= 0.044067 else (-0.0688 if mean <= 0.1039 else (-0.0016 if size <= 2.6736 else (-0.0141 if text <= 1e-35 else -0.0688)))) if size <= 5.6819 else -0.1181)
        + ((((0.0078 if size <= 0.89588 else -0.0154) if length <= 3.0201 else ((-0.0105 if text <= 1e-35 else 0.1610) if size <= 2.1383 else -0.0293)) if size <= 3.314 else (0.0338 if text <= 1e-35 else -0.1563)) if size <= 4.6299 else -0.0317)
    )


def fold(like: tuple[float, ...]) -> float:
    """Log-odds that the two are about one event, +0.9 for the threshold 0."""
    cosine, better, worse, larger, smaller, gap, best, covered, mean = like
    return (
        4.0 * (cosine - 0.3) + 0.9
        + ((-2.3387 if worse <= -0.92585 else (-1.8807 if smaller <= 1e-35 else -2.1546)) if worse <= 0.41253 else (-1.3048 if smaller <= 1e-35 else (-2.1546 if mean <= 0.081273 else -1.8225)))
        + (-0.1082 if worse <= -0.61169 else ((0.4996 if gap <= 0.59048 else 0.0372) if larger <= 0.89588 else (-0.0865 if mean <= 0.062855 else (0.3084 if gap <= 0.016407 else 0.0056))))
        + ((0.1029 if smaller <= 1e-35 else -0.1235) if worse <= -0.92585 else (0.2789 if smaller <= 1e-35 else ((-0.0838 if mean <= 0.056358 else 0.1604) if gap <= 0.34957 else -0.0838)))
        + (-0.1264 if worse <= -1.7088 else ((0.2797 if gap <= 0.56623 else 0.0257) if larger <= 0.89588 else ((-0.0458 if mean <= 0.06788 else 0.1566) if gap <= 0.053014 else -0.0458)))
        + (-0.1217 if worse <= -1.7373 else ((0.0297 if mean <= 0.14646 else (0.2481 if gap <= 0.59048 else 0.0297)) if smaller <= 1e-35 else (0.0792 if gap <= 0.05503 else -0.0486)))
        + (-0.1174 if worse <= -1.7793 else ((0.0253 if mean <= 0.14646 else 0.1775) if smaller <= 1e-35 else ((-0.0615 if larger <= 1.2425 else 0.0419) if worse <= 1.581 else 0.1903)))
        + (-0.1180 if worse <= -1.9883 else ((0.1708 if gap <= 0.56623 else 0.0081) if larger <= 0.89588 else ((0.0765 if larger <= 5.3058 else -0.0703) if gap <= 0.27003 else -0.0703)))
        + ((-0.0118 if gap <= 0.09018 else -0.1298) if worse <= -2.0283 else ((0.0873 if larger <= 0.89588 else -0.0118) if worse <= 0.4655 else (0.1256 if larger <= 4.5379 else 0.0106)))
        + (((0.1243 if smaller <= 1e-35 else (0.0146 if best <= 0.29769 else 0.0919)) if larger <= 5.3058 else -0.0968) if gap <= 0.38904 else (0.0146 if larger <= 0.89588 else -0.1195))
        + (-0.1070 if worse <= -2.1125 else (((0.0706 if smaller <= 1e-35 else (0.0486 if gap <= 0.00060413 else -0.0466)) if larger <= 5.3058 else -0.1070) if worse <= 1.581 else 0.1196))
        + ((-0.0151 if mean <= 0.12762 else (0.1283 if larger <= 0.89588 else (-0.0151 if larger <= 1.2425 else 0.0679))) if gap <= 0.43902 else (-0.0151 if smaller <= 1e-35 else -0.1129))
        + (-0.1064 if worse <= -2.453 else ((((0.0761 if smaller <= 1e-35 else 0.0149) if mean <= 0.26972 else 0.1573) if gap <= 0.56623 else -0.0398) if larger <= 5.3058 else -0.1064))
        + (-0.1054 if worse <= -2.598 else ((((0.0661 if smaller <= 1e-35 else 0.0129) if mean <= 0.26972 else 0.1396) if gap <= 0.56623 else -0.0395) if larger <= 5.3058 else -0.1054))
        + (-0.1001 if worse <= -2.598 else ((-0.0562 if mean <= 0.14646 else 0.0904) if larger <= 0.89588 else (-0.0604 if larger <= 1.2425 else (-0.0958 if mean <= 0.055116 else 0.0367))))
        + ((-0.0695 if mean <= 0.055116 else ((0.0142 if worse <= 1.581 else 0.0712) if mean <= 0.26972 else 0.1327)) if gap <= 0.38904 else (-0.1068 if mean <= 0.18031 else -0.0313))
        + (-0.0911 if worse <= -2.598 else ((((0.0165 if covered <= 0.70267 else 0.1100) if gap <= 0.59048 else -0.0387) if mean <= 0.3085 else 0.1224) if larger <= 5.3058 else -0.0911))
    )
