"""Every recipe of the studio, by name."""

from catalog.studio.recipes import (bags, dresses, hats, jackets, jeans, joggers, knits, shirts, shoes, shorts, skirts, tailoring, tees,
                                    trousers)

RECIPES = {recipe.name: recipe
           for module in (tees, shirts, knits, jackets, tailoring, dresses, skirts, jeans, trousers, joggers, shorts, shoes, bags, hats)
           for recipe in module.RECIPES}
