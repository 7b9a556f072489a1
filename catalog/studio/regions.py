"""The parts of a garment, as part maps name them."""

from enum import IntEnum

BACKGROUND = 255        # of a part map


class Region(IntEnum):
    """One part of a garment. Part maps hold these numbers; BACKGROUND is everything else."""

    BODY = 0
    SLEEVE = 1
    RIB = 2             # knitted hem
    CUFF = 3
    NECK = 4            # neckband
    POCKET = 5
    PLACKET = 6         # the strip that buttons or a zip sit on
    YOKE = 7
    LAPEL = 8
    COLLAR = 9
    HOOD = 10
    BAND = 11           # waistband, belt, brim
    LINING = 12
    CORD = 13           # drawstrings, laces, handles
    SOLE = 14
    TRIM = 15           # buckles, rings, pompoms
