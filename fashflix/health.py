"""What state a catalogue is in: its age, its shops, and what its products lack."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

REJECTED = "rejected.jsonl"


@dataclass(frozen=True)
class Shop:
    """One shop's part of a catalogue. seen: datetime or None, when the last of its products was seen."""

    name: str
    products: int
    without_price: int
    seen: object


@dataclass(frozen=True)
class Health:
    """Counts of products, unless said otherwise. built: datetime with timezone."""

    products: int
    gone: int                   # left their shop; kept for people's history
    samples: int
    built: datetime
    shops: tuple                # of Shop, largest first
    without_price: int
    without_rating: int
    dead_photos: int            # left out when the catalogue was built, because no photo of theirs could be used
    duplicates: int             # variants or copies of a product that is there too
    women: int
    men: int
    unisex: int

    @property
    def for_nobody_stated(self):
        return self.products - self.women - self.men - self.unisex


def health(catalogue):
    """The Health of an opened Catalogue."""
    prices, genders, seen = catalogue.column("price"), Counter(catalogue.column("gender")), catalogue.column("last_seen")
    return Health(
        products=len(catalogue), gone=sum(status == "gone" for status in catalogue.column("status")),
        samples=sum(catalogue.column("is_sample")),
        built=datetime.fromisoformat(catalogue.manifest["built"]), shops=_shops(catalogue.column("shop"), prices, seen),
        without_price=sum(price is None for price in prices), without_rating=sum(rating is None for rating in catalogue.column("rating")),
        dead_photos=_dead_photos(catalogue.folder / REJECTED), duplicates=len(catalogue) - len(set(catalogue.groups.tolist())),
        women=genders["women"], men=genders["men"], unisex=genders["unisex"])


def _shops(names, prices, seen):
    rows = {}
    for name, price, moment in zip(names, prices, seen):
        rows.setdefault(name or "no shop stated", []).append((price, moment))
    shops = [Shop(name, len(some), sum(price is None for price, _ in some), max((moment for _, moment in some if moment), default=None))
             for name, some in rows.items()]
    return tuple(sorted(shops, key=lambda shop: -shop.products))


def _dead_photos(path):
    """How many rows the catalogue's report says were left out for want of a photo."""
    if not path.is_file():
        return 0
    with open(path, encoding="utf-8") as file:
        reasons = [json.loads(line)["reason"] for line in file]
    return sum(reason.startswith("left out: ") and "photo" in reason for reason in reasons)
