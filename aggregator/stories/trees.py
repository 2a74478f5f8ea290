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
        0.5
        + (((-0.4490 if mean <= 0.17131 else (-0.1327 if size <= 0.89588 else -0.3116)) if gap <= 0.25954 else (-0.5914 if mean <= 0.21547 else -0.4555)) if margin <= 0.12662 else ((-0.1850 if gap <= 0.71013 else -0.5046) if mean <= 0.2641 else -0.0686))
        + (((-0.1119 if mean <= 0.14508 else (0.1718 if size <= 0.89588 else 0.0147)) if gap <= 0.39536 else -0.1940) if margin <= 0.11798 else ((0.2853 if size <= 0.89588 else 0.1703) if gap <= 0.79542 else (0.1387 if size <= 0.89588 else -0.1869)))
        + (((-0.0894 if centroid <= 0.15887 else 0.0681) if gap <= 0.18826 else (-0.1083 if size <= 0.89588 else -0.1976)) if mean <= 0.23183 else ((0.2391 if size <= 0.89588 else (0.0681 if centroid <= 0.46581 else 0.1998)) if gap <= 0.81092 else -0.0388))
        + (((-0.1130 if mean <= 0.1268 else (0.1220 if size <= 0.89588 else (0.0403 if text <= 1e-35 else -0.1130))) if gap <= 0.50147 else -0.1712) if margin <= 0.13633 else ((0.1275 if gap <= 0.75519 else -0.0885) if mean <= 0.31724 else 0.2054))
        + ((0.0142 if gap <= 0.15297 else ((-0.0496 if size <= 0.89588 else -0.1489) if gap <= 0.66026 else -0.1792)) if mean <= 0.20627 else ((0.1899 if size <= 0.89588 else (0.0142 if centroid <= 0.41709 else 0.1411)) if gap <= 0.79542 else -0.0496))
        + ((((-0.0462 if text <= 1e-35 else -0.1591) if mean <= 0.14508 else (0.0917 if size <= 0.89588 else -0.0133)) if gap <= 0.61711 else -0.1591) if margin <= 0.10326 else (0.1804 if size <= 0.89588 else (0.1117 if gap <= 0.39536 else -0.1234)))
        + (((-0.0910 if mean <= 0.1268 else (0.0857 if size <= 0.89588 else (0.0302 if text <= 1e-35 else -0.0910))) if gap <= 0.61711 else -0.1462) if margin <= 0.18461 else (0.1787 if size <= 0.89588 else (0.1116 if gap <= 0.34389 else -0.0707)))
        + ((0.0062 if gap <= 0.15297 else (-0.0975 if gap <= 0.81092 else -0.1630)) if mean <= 0.19161 else (((0.1082 if size <= 0.89588 else (0.0677 if gap <= 0.15662 else -0.0519)) if gap <= 0.79542 else -0.0919) if mean <= 0.32643 else 0.1440))
        + ((0.0258 if gap <= 0.10752 else (-0.0144 if size <= 1e-35 else (-0.1530 if best <= 0.21716 else -0.0741))) if margin <= 0.091387 else ((-0.0455 if mean <= 0.14366 else 0.1523) if size <= 0.89588 else (0.0751 if gap <= 0.42455 else -0.1048)))
        + (((-0.0898 if centroid <= 0.14466 else 0.0105) if gap <= 0.66718 else -0.1360) if mean <= 0.2462 else (((0.0105 if margin <= 0.31593 else 0.1418) if text <= 1e-35 else 0.1722) if size <= 0.89588 else (0.0724 if gap <= 0.66718 else -0.0946)))
        + ((((-0.0011 if margin <= 0.012022 else 0.0914) if size <= 0.89588 else ((0.0744 if length <= 2.3502 else -0.0236) if text <= 1e-35 else -0.1289)) if gap <= 0.79542 else -0.1289) if margin <= 0.25965 else (0.1531 if size <= 0.89588 else 0.0679))
        + ((0.0120 if gap <= 0.09152 else (-0.0798 if gap <= 0.81092 else -0.1466)) if mean <= 0.17131 else (((0.0774 if size <= 0.89588 else (0.0490 if gap <= 0.11553 else -0.0437)) if gap <= 0.81092 else -0.0674) if mean <= 0.34951 else 0.1160))
        + (((0.0323 if size <= 0.89588 else ((0.0351 if length <= 2.5249 else -0.0544) if text <= 1e-35 else -0.1176)) if gap <= 0.81092 else -0.1176) if centroid <= 0.32661 else (0.1295 if size <= 0.89588 else (0.0494 if gap <= 0.81092 else -0.0864)))
        + (((-0.1086 if centroid <= 0.1234 else -0.0130) if gap <= 0.78029 else -0.1193) if margin <= 0.034639 else (((0.0786 if gap <= 0.70236 else -0.1371) if text <= 1e-35 else 0.1432) if size <= 0.89588 else (-0.0793 if size <= 1.2425 else 0.0459)))
        + ((-0.0055 if gap <= 0.20016 else -0.1084) if mean <= 0.16142 else (((-0.0055 if text <= 1e-35 else 0.1079) if size <= 0.89588 else (0.0002 if gap <= 0.36151 else -0.0827)) if margin <= 0.3244 else (0.1373 if size <= 0.89588 else 0.0566)))
        + (((0.0095 if text <= 1e-35 else -0.1135) if gap <= 0.41239 else -0.1234) if mean <= 0.14508 else (((0.0525 if size <= 0.89588 else (0.0333 if text <= 1e-35 else -0.0477)) if gap <= 0.81092 else -0.0477) if mean <= 0.38786 else 0.1021))
        + (((0.0440 if size <= 1e-35 else -0.0209) if gap <= 0.81092 else ((-0.1092 if text <= 1e-35 else 0.0440) if size <= 1e-35 else -0.1193)) if margin <= 0.31593 else (0.1263 if size <= 0.89588 else (-0.0094 if size <= 1.7006 else 0.0718)))
        + ((0.0226 if size <= 1e-35 else (0.0272 if gap <= 0.033401 else ((-0.0351 if gap <= 0.50147 else -0.1170) if text <= 1e-35 else (-0.0718 if size <= 0.89588 else -0.1522)))) if centroid <= 0.22248 else (0.0272 if mean <= 0.40154 else 0.0929))
        + ((-0.1065 if centroid <= 0.1234 else -0.0227) if margin <= 0.034639 else (((0.0526 if gap <= 0.63893 else -0.1224) if text <= 1e-35 else 0.1196) if size <= 0.89588 else ((-0.0612 if mean <= 0.53238 else 0.1106) if size <= 1.7006 else 0.0403)))
        + ((0.0130 if size <= 1e-35 else (-0.0501 if gap <= 0.35517 else -0.1202)) if title <= 0.1903 else ((0.0130 if text <= 1e-35 else 0.1128) if size <= 0.89588 else ((0.0943 if length <= 2.2499 else 0.0074) if gap <= 0.20016 else -0.0501)))
        + ((0.0318 if gap <= 0.037803 else (-0.1018 if mean <= 0.10643 else ((-0.0211 if text <= 1e-35 else 0.0318) if size <= 0.89588 else (0.0007 if text <= 1e-35 else (-0.1018 if length <= 3.0201 else 0.0318))))) if margin <= 0.36424 else 0.0563)
        + (-0.0862 if centroid <= 0.11857 else ((0.0286 if gap <= 0.061235 else ((-0.0148 if text <= 1e-35 else 0.0286) if size <= 0.89588 else (-0.0137 if text <= 1e-35 else (-0.0862 if length <= 3.0201 else 0.0286)))) if mean <= 0.40154 else 0.0740))
        + (((0.0433 if length <= 2.2499 else (0.0227 if size <= 0.89588 else (-0.0033 if text <= 1e-35 else -0.0744))) if mean <= 0.39222 else 0.0697) if gap <= 0.81092 else (-0.1230 if mean <= 0.13661 else (0.0227 if size <= 0.89588 else -0.0744)))
        + ((-0.0056 if text <= 1e-35 else (0.0387 if size <= 1e-35 else -0.1159)) if margin <= 0.02525 else ((0.0045 if text <= 1e-35 else 0.0964) if size <= 0.89588 else ((-0.0453 if length <= 3.0201 else 0.1314) if size <= 1.8688 else 0.0297)))
        + (-0.0740 if centroid <= 0.11857 else (((0.0634 if length <= 2.3502 else 0.0215) if gap <= 0.0894 else (0.0126 if size <= 0.89588 else (-0.0117 if text <= 1e-35 else (-0.0740 if length <= 3.0201 else 0.0215)))) if mean <= 0.48424 else 0.0817))
        + ((-0.0057 if size <= 0.89588 else (-0.1015 if size <= 1.8688 else -0.0037)) if title <= 0.1903 else (((0.0049 if size <= 1.4979 else 0.0734) if length <= 2.2499 else (0.0274 if size <= 0.89588 else -0.0037)) if mean <= 0.53238 else 0.0884))
        + ((((0.0406 if text <= 1e-35 else -0.0211) if length <= 2.2499 else (-0.0211 if margin <= -0.0012102 else (0.0292 if size <= 0.89588 else -0.0088))) if mean <= 0.32957 else 0.0406) if gap <= 0.81092 else (-0.1178 if mean <= 0.13007 else -0.0211))
        + (-0.0818 if centroid <= 0.10113 else (0.0271 if gap <= 0.03178 else (((0.0068 if gap <= 0.74021 else -0.0818) if text <= 1e-35 else 0.0271) if size <= 0.89588 else (-0.0015 if text <= 1e-35 else (-0.0818 if length <= 3.0201 else 0.0271)))))
        + ((-0.0814 if centroid <= 0.096278 else (0.0511 if length <= 2.0127 else (0.0151 if size <= 1e-35 else (-0.0004 if text <= 1e-35 else -0.0640)))) if margin <= 0.3244 else (0.0905 if size <= 0.89588 else (-0.0032 if size <= 3.6762 else 0.0846)))
        + ((((-0.0030 if size <= 1.2425 else 0.0493) if length <= 2.3502 else ((-0.0074 if margin <= 0.088672 else 0.0621) if size <= 0.89588 else -0.0141)) if mean <= 0.53238 else 0.0750) if gap <= 0.81092 else (-0.1092 if mean <= 0.13007 else -0.0141))
        + ((0.0163 if gap <= 0.034195 else (-0.0706 if mean <= 0.10048 else (0.0015 if size <= 0.89588 else (-0.0019 if text <= 1e-35 else (-0.0706 if length <= 3.0201 else 0.0163))))) if centroid <= 0.32661 else (0.0163 if mean <= 0.64183 else 0.0897))
        + (((0.0377 if text <= 1e-35 else (0.0639 if size <= 0.89588 else -0.0060)) if length <= 2.602 else (-0.0060 if size <= 4.3373 else -0.0575)) if gap <= 0.11553 else (-0.0775 if mean <= 0.10048 else (-0.0060 if size <= 2.4414 else -0.0575)))
        + (-0.0987 if numbers <= -1e-35 else ((-0.0006 if gap <= 0.81092 else (-0.0006 if size <= 1e-35 else -0.0714)) if mean <= 0.30298 else ((-0.0006 if centroid <= 0.75028 else 0.0756) if text <= 1e-35 else (0.1161 if size <= 0.89588 else -0.0002))))
        + (-0.0865 if numbers <= -1e-35 else (-0.0608 if centroid <= 0.096278 else ((0.0086 if length <= 2.602 else (0.0226 if size <= 0.89588 else -0.0428)) if length <= 3.0201 else ((0.1446 if length <= 3.0678 else 0.0006) if size <= 2.3502 else -0.0608))))
        + (((0.0432 if length <= 2.3502 else (0.0523 if size <= 0.89588 else -0.0035)) if numbers <= 1e-35 else 0.0961) if gap <= 0.037803 else ((-0.0035 if size <= 1e-35 else -0.0678) if mean <= 0.10048 else (-0.0035 if size <= 4.3373 else -0.0554)))
        + ((0.0356 if length <= 2.0127 else (((0.0256 if length <= 2.5249 else -0.0321) if text <= 1e-35 else (0.0144 if size <= 1e-35 else -0.1001)) if margin <= -0.0012102 else (0.0264 if size <= 0.89588 else -0.0114))) if margin <= 0.60555 else 0.0431)
        + (((0.0074 if numbers <= 1e-35 else 0.0866) if gap <= 0.037803 else ((-0.0700 if mean <= 0.078475 else -0.0059) if size <= 4.4367 else -0.1259)) if length <= 3.0201 else ((-0.0296 if text <= 1e-35 else 0.1496) if size <= 2.3502 else -0.0672))
        + (-0.0744 if numbers <= -1e-35 else ((0.0040 if length <= 3.0201 else 0.0462) if gap <= 0.81092 else (-0.0916 if mean <= 0.13007 else ((-0.0916 if size <= 0.89588 else 0.0040) if text <= 1e-35 else (0.0040 if size <= 0.89588 else -0.0900)))))
        + (((-0.0042 if size <= 1.4979 else 0.0497) if length <= 2.2499 else (((0.0029 if size <= 1e-35 else (-0.0672 if size <= 1.2425 else -0.0040)) if best <= 0.21716 else 0.0029) if size <= 4.8323 else -0.1135)) if mean <= 0.64183 else 0.0730)
        + (((-0.0007 if gap <= 0.74021 else -0.0903) if text <= 1e-35 else (-0.0341 if margin <= -0.032763 else 0.0704)) if size <= 0.89588 else (0.0079 if text <= 1e-35 else (-0.0772 if length <= 3.0201 else (0.1432 if size <= 2.1383 else -0.0626))))
    )


def fold(like: tuple[float, ...]) -> float:
    """Log-odds that the two are about one event, +0.0 for the threshold 0."""
    cosine, better, worse, larger, smaller, gap, best, covered, mean = like
    return (
        0.0
        + ((-2.5673 if worse <= -1.3844 else -2.0791) if gap <= 0.00093197 else (((-2.6580 if best <= 0.40495 else -2.5673) if gap <= 0.71284 else -2.7102) if worse <= 0.17065 else -2.4067))
        + ((0.1052 if gap <= 0.050695 else ((-0.1164 if worse <= -1.1296 else -0.0409) if best <= 0.45643 else (0.0743 if gap <= 0.71989 else -0.0409))) if worse <= -0.4344 else 0.3125)
        + ((0.0780 if worse <= -1.1882 else 0.3031) if gap <= 0.00093197 else (((-0.0646 if best <= 0.40495 else 0.0780) if gap <= 0.71284 else -0.1165) if worse <= 0.17065 else 0.1222))
        + ((((-0.0611 if larger <= 2.2499 else 0.0640) if best <= 0.40495 else 0.0768) if gap <= 0.71284 else -0.1119) if worse <= -0.4344 else (0.2443 if gap <= 0.00093197 else 0.0768))
        + (((0.0539 if worse <= -1.1882 else 0.1965) if gap <= 0.00093197 else 0.0539) if gap <= 0.091144 else ((-0.1022 if worse <= -1.0617 else 0.0050) if best <= 0.45643 else 0.0539))
        + ((((0.0521 if gap <= 0.058615 else -0.0678) if best <= 0.36421 else 0.0521) if gap <= 0.71284 else -0.1036) if worse <= -0.4344 else (0.0658 if worse <= 0.9038 else 0.2104))
        + ((((-0.0488 if best <= 0.40495 else (0.0846 if larger <= 1.2425 else -0.0206)) if larger <= 2.1383 else 0.1059) if worse <= 0.5337 else 0.1658) if gap <= 0.71284 else -0.0975)
        + ((((0.0595 if gap <= 0.00093197 else -0.0285) if larger <= 2.0127 else (0.1131 if smaller <= 3.2385 else -0.0242)) if worse <= 0.93115 else 0.1652) if gap <= 0.71284 else -0.0925)
        + ((((-0.0516 if best <= 0.36034 else 0.0286) if larger <= 2.1383 else (0.1009 if smaller <= 3.314 else -0.0256)) if worse <= 0.93115 else 0.1468) if gap <= 0.71284 else -0.0876)
        + (((0.0683 if gap <= 0.00093197 else (-0.0409 if best <= 0.40495 else (-0.0104 if smaller <= 0.89588 else 0.0683))) if worse <= 0.93115 else 0.1313) if gap <= 0.71284 else -0.0828)
        + ((((-0.0459 if best <= 0.36034 else 0.0204) if larger <= 2.0127 else (0.0795 if smaller <= 3.2385 else -0.0251)) if worse <= 0.93115 else 0.1180) if gap <= 0.71284 else -0.0780)
        + (((0.0531 if gap <= 0.00093197 else ((-0.0555 if best <= 0.36421 else 0.0057) if larger <= 2.2499 else 0.0531)) if worse <= 0.93115 else 0.1065) if gap <= 0.71284 else -0.0734)
        + (((((-0.0231 if best <= 0.40495 else 0.0568) if larger <= 1.2425 else -0.0361) if larger <= 2.0127 else 0.0519) if worse <= 0.93115 else 0.0964) if gap <= 0.71284 else -0.0688)
        + (((0.0425 if gap <= 0.00093197 else ((-0.0505 if best <= 0.36421 else 0.0039) if larger <= 2.2499 else 0.0425)) if worse <= 0.93115 else 0.0876) if gap <= 0.71284 else -0.0644)
        + ((((-0.0346 if best <= 0.36034 else 0.0148) if larger <= 2.1383 else 0.0429) if worse <= 0.93115 else 0.0798) if gap <= 0.71284 else (-0.0758 if best <= 0.46399 else 0.0135))
        + ((0.0954 if smaller <= 1e-35 else (0.0406 if gap <= 0.00093197 else (-0.0210 if larger <= 2.2499 else 0.0406))) if gap <= 0.71284 else (-0.0718 if best <= 0.46399 else -0.0210))
    )
