"""Every recipe of the studio, by name."""

from catalog.studio.recipes import dresses, jackets, knits, shirts, skirts, tailoring, tees, trousers

RECIPES = {recipe.name: recipe for module in (tees, shirts, knits, jackets, tailoring, dresses, skirts, trousers) for recipe in module.RECIPES}
