"""A recipe: how one kind of garment is cut, and how it is dressed in cloth."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """One kind of garment.

    name: unique. category: a word of the vocabulary. genders: whom it is made for.
    share: how often it hangs in the shop, any positive scale.
    cut(rng, gender) -> Garment: geometry and style, everything that colourways share. dress(garment, rng) -> Design: one colourway.
    """

    name: str
    category: str
    genders: tuple
    cut: Callable
    dress: Callable
    share: float = 1.0
