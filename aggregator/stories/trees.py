"""The learned scorers: made by tools/train_scorer.py, not by hand.

Learned from 48799 entries in 18 streams, made of: og2021_a, uci_a, allsides_dated_a, allsides_sim_a, ecbplus_sim_a.
"""

# ruff: noqa
# fmt: off

from __future__ import annotations


def join(like: tuple[float, ...]) -> float:
    """Log-odds that the two are about one event, +0.6 for the threshold 0."""
    centroid, best, title, mean, size, gap, text, length, numbers, margin, covered = like
    return (
        4.0 * (0.5 * centroid + 0.5 * best - 0.05 * gap - 0.2) + 0.6
        + ((-0.7070 if mean <= 0.15811 else (-0.4331 if gap <= 0.42227 else -0.6757)) if mean <= 0.23853 else (((-0.2307 if size <= 0.89588 else -0.4331) if gap <= 0.60613 else -0.6037) if margin <= 0.17452 else (-0.1402 if size <= 0.89588 else -0.2726)))
        + (((-0.1482 if mean <= 0.12753 else (-0.0239 if margin <= 0.063399 else 0.0993)) if gap <= 0.39343 else -0.1939) if mean <= 0.22531 else (((0.2406 if size <= 0.89588 else 0.1003) if gap <= 0.56404 else -0.0723) if mean <= 0.32234 else 0.2658))
        + (((-0.1529 if mean <= 0.10606 else 0.0036) if gap <= 0.3552 else -0.1808) if mean <= 0.21117 else ((0.1165 if gap <= 0.40427 else -0.0823) if margin <= 0.14222 else (0.2611 if size <= 0.89588 else (0.1713 if gap <= 0.59198 else -0.0927))))
        + (((-0.1530 if mean <= 0.094072 else -0.0185) if gap <= 0.40965 else -0.1738) if mean <= 0.1993 else ((0.0610 if gap <= 0.60613 else -0.1206) if margin <= 0.071707 else (0.2240 if size <= 0.89588 else (0.1375 if gap <= 0.50761 else -0.0872))))
        + ((-0.1419 if mean <= 0.14777 else ((0.1467 if size <= 0.89588 else (0.0492 if text <= 1e-35 else -0.1201)) if gap <= 0.59883 else -0.1201)) if mean <= 0.26571 else (0.1930 if size <= 0.89588 else (0.1467 if gap <= 0.59883 else -0.0916)))
        + (((0.1032 if gap <= 0.60613 else -0.0664) if size <= 1e-35 else ((0.0020 if text <= 1e-35 else -0.1365) if gap <= 0.15875 else -0.1560)) if margin <= 0.12822 else (0.1911 if size <= 0.89588 else (0.0039 if margin <= 0.44641 else 0.1370)))
        + (((-0.1364 if mean <= 0.08093 else 0.0054) if gap <= 0.19243 else -0.1406) if mean <= 0.19447 else (((0.1333 if size <= 0.89588 else (0.0558 if gap <= 0.19243 else -0.0635)) if gap <= 0.60613 else -0.0635) if mean <= 0.34151 else 0.1570))
        + (((-0.0892 if mean <= 0.15682 else 0.0507) if size <= 0.89588 else (-0.0631 if text <= 1e-35 else -0.1778)) if margin <= 0.10584 else (0.1640 if size <= 0.89588 else ((0.0938 if size <= 5.6612 else -0.1928) if text <= 1e-35 else -0.0518)))
        + (((-0.0971 if mean <= 0.11414 else (0.0907 if size <= 0.89588 else (0.0333 if text <= 1e-35 else -0.0971))) if gap <= 0.60613 else (-0.0971 if size <= 0.89588 else -0.1599)) if mean <= 0.27968 else (0.0907 if mean <= 0.40724 else 0.1556))
        + (((0.0889 if size <= 0.89588 else -0.0367) if gap <= 0.1337 else (-0.0168 if size <= 1e-35 else -0.1301)) if margin <= 0.088551 else (0.1400 if size <= 0.89588 else ((0.0698 if size <= 5.3542 else -0.0582) if gap <= 0.19997 else -0.0582)))
        + ((((0.0137 if size <= 5.6472 else -0.1431) if text <= 1e-35 else -0.1319) if gap <= 0.54939 else -0.1431) if mean <= 0.16602 else (((0.0910 if size <= 0.89588 else 0.0137) if gap <= 0.60613 else -0.0533) if mean <= 0.36229 else 0.1238))
        + ((-0.1126 if mean <= 0.11852 else (0.0301 if size <= 0.89588 else (-0.0037 if text <= 1e-35 else -0.1126))) if margin <= 0.15795 else (0.1363 if size <= 0.89588 else ((0.0276 if gap <= 0.26577 else -0.0861) if margin <= 0.51245 else 0.0863)))
        + ((-0.0096 if gap <= 0.17759 else (-0.0264 if size <= 1e-35 else -0.1208)) if margin <= 0.043911 else (0.1079 if size <= 0.89588 else ((0.1120 if length <= 2.2499 else (0.0231 if size <= 5.2176 else -0.0707)) if gap <= 0.27858 else -0.0707)))
        + ((((0.0193 if size <= 5.6472 else -0.1346) if text <= 1e-35 else -0.1214) if gap <= 0.57774 else -0.1346) if mean <= 0.16077 else (((0.0727 if size <= 0.89588 else 0.0193) if gap <= 0.59883 else -0.0437) if mean <= 0.39385 else 0.1132))
        + ((((0.0653 if length <= 2.2499 else (0.0037 if size <= 5.6222 else -0.1342)) if text <= 1e-35 else (0.0513 if size <= 0.89588 else -0.0949)) if gap <= 0.60613 else (-0.0368 if size <= 0.89588 else -0.1342)) if mean <= 0.27968 else 0.0653)
        + ((-0.1060 if mean <= 0.096976 else (0.0230 if gap <= 0.1337 else (-0.0044 if size <= 0.89588 else (-0.0388 if text <= 1e-35 else -0.1060)))) if margin <= 0.17452 else (0.1121 if size <= 0.89588 else (0.0451 if text <= 1e-35 else -0.0390)))
        + ((((0.0015 if size <= 5.6612 else -0.1303) if text <= 1e-35 else -0.1242) if gap <= 0.49453 else -0.1303) if mean <= 0.13542 else ((0.0400 if size <= 0.89588 else (0.0015 if gap <= 0.55651 else -0.0943)) if mean <= 0.40724 else 0.0991))
        + ((-0.0163 if gap <= 0.29868 else -0.0846) if margin <= 0.022489 else (((0.0658 if gap <= 0.60613 else -0.1463) if text <= 1e-35 else 0.1314) if size <= 0.89588 else (0.0268 if text <= 1e-35 else (-0.0881 if length <= 3.0201 else 0.0804))))
        + ((-0.1046 if mean <= 0.082832 else ((0.0984 if length <= 2.2499 else 0.0036) if gap <= 0.1337 else (-0.0007 if size <= 0.89588 else (-0.0331 if text <= 1e-35 else -0.1046)))) if margin <= 0.33103 else (0.1199 if size <= 0.89588 else 0.0299))
        + ((-0.0160 if gap <= 0.06424 else -0.1133) if mean <= 0.10497 else ((0.0257 if gap <= 0.08918 else (((0.0141 if gap <= 0.60613 else -0.0973) if text <= 1e-35 else 0.0257) if size <= 0.89588 else -0.0555)) if mean <= 0.40724 else 0.0828))
        + ((-0.0961 if mean <= 0.079996 else ((0.0457 if length <= 2.3502 else 0.0062) if gap <= 0.055384 else (0.0062 if size <= 0.89588 else (-0.0200 if text <= 1e-35 else (-0.0961 if length <= 3.0201 else 0.0062))))) if mean <= 0.30213 else 0.0457)
        + ((-0.0131 if text <= 1e-35 else (0.0409 if size <= 1e-35 else -0.1312)) if margin <= 0.010269 else (((0.0454 if gap <= 0.60613 else -0.1228) if text <= 1e-35 else 0.1127) if size <= 0.89588 else (0.0176 if text <= 1e-35 else -0.0552)))
        + ((-0.1051 if mean <= 0.067667 else ((0.0745 if length <= 2.1383 else (0.0287 if size <= 0.89588 else -0.0215)) if gap <= 0.60613 else (-0.1051 if mean <= 0.14152 else -0.0215))) if margin <= 0.33103 else (0.1039 if size <= 0.89588 else 0.0202))
        + (((0.0702 if length <= 2.2499 else (0.0519 if size <= 0.89588 else (0.0037 if text <= 1e-35 else -0.0424))) if gap <= 0.1337 else (-0.1030 if mean <= 0.11117 else (0.0080 if size <= 0.89588 else -0.0424))) if mean <= 0.42725 else 0.0702)
        + (((0.0726 if length <= 2.1383 else ((0.0213 if covered <= 0.56465 else 0.1287) if size <= 0.89588 else (0.0105 if text <= 1e-35 else -0.0159))) if gap <= 0.51423 else (-0.1117 if mean <= 0.12531 else -0.0159)) if size <= 5.6612 else -0.1661)
        + ((-0.0077 if text <= 1e-35 else (0.0003 if size <= 0.89588 else -0.1440)) if margin <= 0.010269 else ((((0.0235 if gap <= 0.60613 else -0.1084) if text <= 1e-35 else 0.0961) if size <= 0.89588 else 0.0012) if size <= 5.6612 else -0.1630))
        + ((-0.0905 if mean <= 0.067667 else ((0.0693 if length <= 2.2499 else 0.0031) if gap <= 0.090998 else ((-0.0336 if text <= 1e-35 else 0.0031) if size <= 0.89588 else (-0.0905 if best <= 0.18931 else -0.0214)))) if mean <= 0.48347 else 0.0742)
        + (((0.0584 if length <= 2.1383 else ((0.0147 if covered <= 0.56465 else 0.1144) if size <= 0.89588 else (-0.0104 if centroid <= 0.77711 else 0.1057))) if gap <= 0.60613 else (-0.1044 if mean <= 0.13088 else -0.0111)) if size <= 5.6612 else -0.1593)
        + (((((0.1072 if length <= 2.1383 else 0.0412) if text <= 1e-35 else (0.0864 if size <= 0.89588 else -0.0043)) if length <= 2.6736 else -0.0043) if gap <= 0.050037 else (-0.0684 if mean <= 0.11017 else -0.0043)) if size <= 5.6612 else -0.1560)
        + (((((0.0464 if text <= 1e-35 else -0.0151) if length <= 2.602 else -0.0151) if gap <= 0.038323 else (-0.0955 if mean <= 0.071224 else -0.0151)) if margin <= 0.33103 else (0.0808 if size <= 0.89588 else 0.0119)) if size <= 5.6612 else -0.1528)
        + (((0.0500 if length <= 2.0127 else ((-0.0237 if text <= 1e-35 else 0.0529) if size <= 0.89588 else (0.0048 if text <= 1e-35 else (-0.0982 if length <= 3.0201 else 0.0813)))) if size <= 5.6612 else -0.1498) if centroid <= 0.77711 else 0.0998)
        + ((((0.0303 if length <= 2.4414 else -0.0225) if text <= 1e-35 else (0.0245 if size <= 1e-35 else -0.1123)) if margin <= 0.010269 else ((-0.0142 if text <= 1e-35 else 0.0768) if size <= 0.89588 else -0.0008)) if size <= 5.6366 else -0.1404)
        + ((-0.0875 if mean <= 0.057663 else (((-0.0121 if size <= 1.2425 else 0.0595) if length <= 2.2499 else (0.0185 if size <= 0.89588 else -0.0105)) if gap <= 0.60613 else (-0.0875 if mean <= 0.13088 else -0.0121))) if mean <= 0.51702 else 0.0635)
        + ((((0.0533 if length <= 2.1383 else ((0.0083 if covered <= 0.45973 else 0.0886) if size <= 0.89588 else -0.0039)) if gap <= 0.17759 else (-0.0874 if mean <= 0.095016 else -0.0092)) if centroid <= 0.77711 else 0.0886) if size <= 5.6612 else -0.1437)
        + (((((0.0340 if length <= 2.6736 else -0.0141) if text <= 1e-35 else -0.0141) if gap <= 0.090998 else -0.0141) if length <= 3.0201 else ((0.0109 if text <= 1e-35 else 0.1733) if size <= 2.3502 else -0.0636)) if size <= 5.6612 else -0.1407)
        + ((-0.0781 if mean <= 0.057663 else ((0.0355 if length <= 2.0127 else (0.0090 if size <= 0.89588 else (0.0043 if text <= 1e-35 else -0.0781))) if length <= 3.0201 else (0.0813 if size <= 2.3502 else -0.0536))) if centroid <= 0.77711 else 0.0813)
        + ((-0.0824 if numbers <= -1e-35 else -0.0058) if margin <= 0.33103 else (((0.0495 if gap <= 0.57774 else (-0.2395 if best <= 0.67394 else 0.0495)) if text <= 1e-35 else 0.1130) if size <= 0.89588 else (-0.0978 if mean <= 0.16077 else 0.0110)))
        + (((0.0024 if text <= 1e-35 else ((-0.0115 if length <= 3.0201 else 0.1854) if size <= 0.89588 else -0.1276)) if margin <= 0.010269 else ((-0.0156 if text <= 1e-35 else 0.0655) if size <= 0.89588 else -0.0013)) if size <= 5.6612 else -0.1369)
        + (((0.0034 if gap <= 0.60613 else (-0.1008 if mean <= 0.10915 else ((-0.0127 if margin <= 0.1474 else -0.1008) if text <= 1e-35 else (0.0034 if size <= 1.4979 else -0.1008)))) if centroid <= 0.79806 else 0.0793) if size <= 5.6887 else -0.1354)
        + ((-0.0669 if numbers <= -1e-35 else (((0.0068 if numbers <= 1e-35 else 0.0785) if gap <= 0.053302 else -0.0084) if length <= 3.0201 else ((0.1634 if length <= 3.0678 else 0.0046) if size <= 2.0127 else -0.0345))) if size <= 5.6887 else -0.1323)
    )


def fold(like: tuple[float, ...]) -> float:
    """Log-odds that the two are about one event, +0.9 for the threshold 0."""
    cosine, better, worse, larger, smaller, gap, best, covered, mean = like
    return (
         0.9
        + ((-2.6228 if worse <= -1.1557 else (-2.3299 if gap <= 0.0012684 else (-2.5680 if mean <= 0.30374 else -2.4906))) if worse <= 0.23077 else (-1.9819 if gap <= 0.60589 else -2.4906))
        + ((-0.1201 if worse <= -1.7762 else (0.1069 if gap <= 0.053278 else -0.0605)) if worse <= -0.26051 else ((0.1778 if mean <= 0.30825 else 0.4879) if gap <= 0.60589 else -0.0061))
        + ((-0.1149 if worse <= -1.7762 else -0.0266) if worse <= -0.64921 else (((0.2025 if gap <= 0.0012684 else 0.0034) if mean <= 0.30825 else 0.4035) if gap <= 0.60589 else -0.0266))
        + ((-0.1096 if worse <= -1.7762 else -0.0252) if worse <= -0.64921 else (((0.0144 if larger <= 2.0127 else 0.1803) if mean <= 0.30825 else 0.3218) if gap <= 0.60589 else -0.0252))
        + ((-0.1042 if worse <= -1.7762 else (0.0607 if gap <= 0.032677 else -0.0466)) if worse <= -0.64921 else (0.2612 if larger <= 0.89588 else (0.1383 if gap <= 0.034807 else -0.0197)))
        + ((-0.0222 if gap <= 0.032677 else -0.0980) if worse <= -1.1557 else (0.2390 if larger <= 0.89588 else (0.1125 if gap <= 0.060068 else (-0.0561 if worse <= 0.59032 else 0.0296))))
        + ((-0.0875 if mean <= 0.31723 else 0.0329) if worse <= -1.1557 else (((-0.0487 if worse <= 0.59032 else 0.0505) if larger <= 2.2499 else 0.1190) if mean <= 0.30825 else 0.1939))
        + (-0.0763 if worse <= -1.2064 else (0.1898 if larger <= 0.89588 else (((0.0353 if larger <= 2.2499 else 0.1230) if larger <= 4.7664 else -0.0140) if gap <= 0.2534 else -0.0572)))
        + (-0.0794 if worse <= -1.6003 else (0.1710 if smaller <= 1e-35 else (((-0.0220 if larger <= 2.2499 else 0.0756) if mean <= 0.2752 else 0.1155) if gap <= 0.33827 else -0.0466)))
        + (-0.0798 if worse <= -1.7762 else (0.1627 if larger <= 0.89588 else (0.0651 if gap <= 0.060068 else ((-0.0723 if mean <= 0.31723 else 0.0246) if better <= 4.4703 else 0.0489))))
        + (-0.0745 if worse <= -1.7762 else (((-0.0504 if worse <= 0.46002 else 0.0295) if larger <= 2.2499 else (0.0880 if larger <= 4.7664 else -0.0219)) if mean <= 0.30825 else 0.1323))
        + (-0.0715 if worse <= -1.9004 else (0.1386 if smaller <= 1e-35 else (((0.0423 if gap <= 0.0012684 else -0.0289) if mean <= 0.2752 else 0.0840) if gap <= 0.51975 else -0.0516)))
        + (((-0.0328 if worse <= -2.3901 else 0.0381) if gap <= 0.060068 else (-0.0781 if worse <= 0.46002 else 0.0279)) if mean <= 0.30825 else (0.1384 if gap <= 0.60589 else 0.0279))
        + (0.1246 if larger <= 0.89588 else (((-0.0387 if larger <= 2.2499 else (0.0497 if larger <= 4.2268 else -0.0255)) if mean <= 0.2633 else 0.0748) if gap <= 0.51373 else -0.0698))
        + (0.1132 if smaller <= 1e-35 else (((-0.0461 if worse <= -1.7246 else (-0.0093 if larger <= 2.0127 else 0.0332)) if mean <= 0.297 else 0.0837) if gap <= 0.51373 else -0.0610))
        + (0.1108 if larger <= 0.89588 else (((-0.0349 if larger <= 2.2499 else 0.0235) if mean <= 0.2633 else (0.0091 if larger <= 1.4979 else 0.1053)) if gap <= 0.55473 else -0.0610))
    )
