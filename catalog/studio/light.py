"""Light: where it comes from, how strong and how warm; and light drawn at random for the benchmark."""

from dataclasses import dataclass

import numpy as np

from catalog.studio.backdrop import Background, random_background

__all__ = ["Background", "Light", "random_background", "random_light", "unit"]

BRIGHT = 1.02       # exposure of a surface that faces the camera; lets white cloth reach paper white


@dataclass(frozen=True)
class Light:
    """A soft key light, a fill and the room. Directions are in the camera's frame: x right, y towards the camera, z up.

    `key_power` is the exponent of the key's lobe (9 = a large softbox, 3 = a window). `warmth` > 0 reddens the key and cools the fill.
    `cast` multiplies the finished picture in linear RGB (a camera's white balance), `exposure` its brightness.
    """

    key: tuple[float, float, float] = (-0.68, 0.36, 0.64)
    key_power: float = 9.0
    key_strength: float = 3.6
    fill: tuple[float, float, float] = (0.8, 0.35, 0.25)
    fill_strength: float = 0.5
    ambient: float = 0.30
    warmth: float = 0.03
    cast: tuple[float, float, float] = (1.0, 1.0, 1.0)
    exposure: float = 1.0

    def radiance(self, directions):
        """Light from each direction, scaled so that a bare surface facing the camera receives BRIGHT.

        directions: (k, 3) unit vectors in the camera's frame; returns (k, 3) float32 linear RGB per direction.
        """
        key, fill, warm = unit(self.key), unit(self.fill), self.warmth
        lobe = np.maximum(directions @ key, 0) ** self.key_power * self.key_strength
        side = np.maximum(directions @ fill, 0) ** 4 * self.fill_strength
        room = self.ambient * (1 + 0.55 * directions[:, 2]) * np.where(directions[:, 1] > -0.2, 1, 0.55)
        light = (lobe[:, None] * (1 + warm, 1, 1 - warm) + side[:, None] * (1 - warm, 1, 1 + warm)
                 + room[:, None] * (1 - warm / 2, 1, 1 + warm / 2))
        received = (np.maximum(directions @ unit((-0.15, 0.97, 0.2)), 0) @ light).mean()
        return (BRIGHT * light / received).astype(np.float32)


def unit(vector):
    """The vector at length 1, float64."""
    vector = np.asarray(vector, float)
    return vector / np.linalg.norm(vector)


def random_light(rng):
    """Studio, window, lamp or flash light with its own colour cast and exposure, drawn from a numpy Generator."""
    side = rng.choice([-1.0, 1.0])
    kind = rng.choice(["studio", "window", "lamp", "flash"], p=[0.4, 0.3, 0.2, 0.1])
    settings = {
        "studio": dict(key=(side * rng.uniform(0.3, 0.8), 0.4, rng.uniform(0.4, 0.8)), key_power=rng.uniform(6, 12),
                       key_strength=rng.uniform(2.5, 4.0), ambient=rng.uniform(0.25, 0.4), warmth=rng.uniform(-0.02, 0.05)),
        "window": dict(key=(side * rng.uniform(0.7, 1.0), rng.uniform(0.2, 0.5), rng.uniform(0.1, 0.4)), key_power=rng.uniform(2.5, 4),
                       key_strength=rng.uniform(1.5, 2.5), ambient=rng.uniform(0.2, 0.35), warmth=rng.uniform(-0.08, 0.0)),
        "lamp": dict(key=(side * rng.uniform(0.1, 0.5), rng.uniform(0.3, 0.6), rng.uniform(0.7, 1.0)), key_power=rng.uniform(5, 10),
                     key_strength=rng.uniform(2.5, 4.0), ambient=rng.uniform(0.2, 0.3), warmth=rng.uniform(0.06, 0.16)),
        "flash": dict(key=(side * 0.1, 1.0, rng.uniform(0.05, 0.3)), key_power=rng.uniform(8, 16), key_strength=rng.uniform(2.5, 4.0),
                      ambient=rng.uniform(0.2, 0.35), warmth=rng.uniform(-0.04, 0.02)),
    }[kind]
    settings["fill"] = (-np.sign(settings["key"][0]) * rng.uniform(0.5, 0.9), 0.4, rng.uniform(0.0, 0.4))
    settings["fill_strength"] = rng.uniform(0.2, 0.7)
    tint = np.exp(rng.normal(0, [0.06, 0.02, 0.06]))
    return Light(**settings, cast=tuple(tint / tint.mean()), exposure=float(np.exp(rng.normal(0, 0.12))))
