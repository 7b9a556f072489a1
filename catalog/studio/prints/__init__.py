"""Cloth patterns. A print is a callable (u, v) -> linear RGB; `choose` draws one with colours that suit it."""

from catalog.studio.prints.choice import KINDS, choose
from catalog.studio.prints.graphics import graphic
from catalog.studio.prints.woven import solid, stripes

__all__ = ["KINDS", "choose", "graphic", "solid", "stripes"]
