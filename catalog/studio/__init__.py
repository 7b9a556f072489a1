"""The studio: a demo shop whose photos are rendered, so that everything about every product is known exactly.

    recipe > pattern pieces > mesh > drape > details > cloth > picture

    recipe, recipes/    what a t-shirt or a coat is: how it is cut, how a colourway is dressed
    curves, bodice, tops, skirts, fluted, waist, trousers   the cut of clothes: outlines of panels, and how they are draped
    lasts, shells       the forms of shoes and bags
    mesh, body, cloth, solver   panels sewn into a mesh, the mannequin as a distance field, how cloth falls on it or lies on a table
    regions, layers, trims, denim       what is drawn on the flat panels: seams, pockets, buttons, zips, wear
    surfaces, parts     what is made in three dimensions: collars, hoods, cords
    palette, prints/    colours that suit each other, and cloth patterns
    fabrics, weaves, folds      the relief of knits and weaves, creases
    raster, visibility, surface, shade, lookup, light, backdrop, camera, develop, render        geometry -> picture, mask and part map
    chance, truth, names, prices        every draw of lots; what can be said of a product, what it is called, what it costs
    checks, planning, shop, listing, workers, benchmark, sheets     the demo shop, a DeepFashion In-Shop-like benchmark,
                                                                    contact sheets to look at

    python -m catalog.studio --help     needs requirements-studio.txt; the app does not
"""
