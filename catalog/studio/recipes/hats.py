"""Caps, beanies and bucket hats."""

import numpy as np

from catalog.studio.chance import maybe, pick, seed
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.palette import COMPANIONS, contrast
from catalog.studio.prints import choose, noise, solid, stripes
from catalog.studio.recipe import Recipe
from catalog.studio.regions import Region
from catalog.studio.render import Camera
from catalog.studio.shells import of_parts
from catalog.studio.surfaces import revolve, strip
from catalog.studio.truth import Truth


def _camera(rng, yaw, pitch):
    return Camera(yaw=yaw + rng.uniform(-4, 4), pitch=pitch + rng.uniform(-2, 2), margin=0.11, life_size=False)


def cut_cap(rng, gender):
    tall = rng.uniform(10.2, 11.2)

    def seams(angle, down):
        """Six panels: a shallow valley along each seam."""
        from_seam = ((angle + np.pi / 6) % (np.pi / 3) - np.pi / 6) * 9
        return -0.24 * np.exp(-((from_seam / 0.20) ** 2)) * np.clip(down / 3, 0, 1), np.zeros(np.broadcast(angle, down).shape)

    crown = revolve([(0.01, tall), (3.9, tall - 0.35), (7.1, tall - 2.0), (8.8, tall - 4.6), (9.55, 2.4), (9.6, 0)],
                    Region.BODY, 240, seams, (0.95, 1.08))
    angle, out = np.linspace(-1.12, 1.12, 90)[:, None], np.linspace(0, 1, 26)[None, :]
    reach = rng.uniform(6.4, 7.2) * np.cos(angle * 1.12) ** 0.5
    radius = 9.62 + reach * out
    x, y = radius * np.sin(angle) * 0.95, radius * np.cos(angle) * 1.08
    z = 0.5 - 0.9 * out**1.4 * np.cos(angle) - 3.0 * (x / 10) ** 2 * (0.25 + 0.75 * out)
    brim = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
    parts = [crown, strip(brim, Region.BAND, flip=True), strip(brim - [0, 0, 0.35], Region.BAND),
             revolve([(0.01, tall + 0.45), (0.6, tall + 0.3), (0.8, tall - 0.1)], Region.TRIM, 24)]
    return of_parts(parts, style="cap", camera=_camera(rng, pick(rng, (-34, 32)), 13), gender=gender)


def cut_beanie(rng, gender):
    phase, tall, pompom = rng.random(3) * 6, rng.uniform(15.5, 18), maybe(rng, 0.45)
    cuff = rng.uniform(5.2, 6.8)

    def slouch(angle, down):
        return (0.16 * np.sin(3 * angle + phase[0] + down * 0.3) + 0.1 * np.sin(5 * angle + phase[1] - down * 0.5),
                0.25 * np.sin(2 * angle + phase[2]) * np.clip(1 - down / 8, 0, 1))

    crown = [(0.01, tall), (3.4, tall - 0.4), (7.0, tall - 3.0), (9.1, tall - 7.5), (9.7, cuff - 1)]
    rim = [(9.5, cuff), (10.3, cuff + 0.15), (10.75, cuff - 0.8), (10.8, 2.2), (10.6, -0.5), (10.1, -0.8)]
    parts = [revolve(crown, Region.BODY, 200, slouch), revolve(rim, Region.CUFF, 200, slouch)]
    if pompom:
        parts.append(_pompom(3.3, tall + 2.0, seed(rng)))
    return of_parts(parts, style="beanie", pompom=pompom, camera=_camera(rng, 0, 8),
                    gender=gender, yarn=pick(rng, ("widerib", "rib", "cable")))


def _pompom(radius, height, number):
    """A ball of yarn ends."""
    rough = noise((140, 100), (46, 34), np.random.default_rng(number), 1.2)
    angle, polar = np.linspace(0, 2 * np.pi, 140)[:, None], np.linspace(0, np.pi, 100)[None, :]
    edge = radius * (1 + 0.07 * rough)
    edge[-1] = edge[0]
    grid = np.stack(np.broadcast_arrays(edge * np.cos(angle) * np.sin(polar), edge * np.sin(angle) * np.sin(polar),
                                        edge * np.cos(polar) + height), axis=-1)
    return strip(grid, Region.TRIM)


def cut_bucket(rng, gender):
    droop, wide = rng.uniform(0.8, 1.15), rng.uniform(13.8, 15.2)

    def wave(angle, down):
        return (0.1 * np.sin(4 * angle) + 0.06 * np.sin(9 * angle + 1) + 0 * down,
                0.45 * np.sin(3 * angle + 0.6) * np.clip((down - 16) / 5, 0, 1))

    profile = [(0.01, 9.6), (5.5, 9.5), (7.6, 9.1), (8.4, 8.0), (9.0, 4.0), (9.3, 1.2), (9.6, 0.6),
               ((9.6 + wide) / 2, -2.0 * droop), (wide, -4.6 * droop), (wide + 0.2, -4.9 * droop)]
    return of_parts([revolve(profile, Region.BODY, 200, wave)], style="bucket hat", camera=_camera(rng, 0, 12), gender=gender)


def _companion(rng, word):
    return pick(rng, [one for one in COMPANIONS[word] if contrast(word, one) > 20] or [word])


def dress_cap(garment, rng):
    cloth, colours, pattern = choose(["solid"], rng)
    prints = {None: cloth}
    if maybe(rng, 0.4):
        other = _companion(rng, colours[0])
        prints |= {Region.BAND: solid(other), Region.TRIM: solid(other)}
        colours, pattern = (*colours, other), "colour-block"
    cord = maybe(rng, 0.3)
    fabric = Fabric("cord" if cord else "twill", relief=0.6, crumple=0.03, lining="charcoal")
    return _design(garment, prints, fabric, colours, pattern, "corduroy" if cord else "cotton")


def dress_beanie(garment, rng):
    cloth, colours, pattern = choose(["solid", "solid", "heather"], rng)
    prints = {None: cloth, Region.TRIM: solid(_companion(rng, colours[0]) if maybe(rng, 0.5) else colours[0])}
    if maybe(rng, 0.3):
        other = _companion(rng, colours[0])
        prints |= {None: stripes(colours[0], other, pick(rng, (3.0, 4.5)), 0.4), Region.CUFF: solid(colours[0])}
        colours, pattern = (colours[0], other), "striped"
    yarn = garment.marks["yarn"]
    fabric = Fabric(yarn, sheen=0.14, crumple=0.04, lining="charcoal")
    return _design(garment, prints, fabric, colours, pattern, "cable knit" if yarn == "cable" else "rib knit")


def dress_bucket(garment, rng):
    cloth, colours, pattern = choose(["solid", "solid", "solid", "camo", "floral", "leopard", "ditsy"], rng)
    fabric = Fabric("linen" if maybe(rng, 0.3) else "twill", relief=0.5, crumple=0.04, lining="charcoal")
    return _design(garment, {None: cloth}, fabric, colours, pattern, "cotton")


def _design(garment, prints, fabric, colours, pattern, word):
    marks = garment.marks
    truth = Truth("hat", marks["gender"], colours, pattern, fabric=word, style=marks["style"])
    return Design(garment, None, prints, fabric, truth, None, marks["camera"])


RECIPES = (
    Recipe("cap", "hat", ("women", "men"), cut_cap, dress_cap, 1.2),
    Recipe("beanie", "hat", ("women", "men"), cut_beanie, dress_beanie, 1.5),
    Recipe("bucket hat", "hat", ("women", "men"), cut_bucket, dress_bucket, 1.2),
)
