"""Photos of the sources as arrays, and the random views of them that training sees, made on the training device."""

import hashlib
import io
import math
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from scipy import ndimage

from fashflix.photo import frame
from training.sources import group_of, label_matrix

FINE_FIELDS = ("article_type", "base_colour", "gender", "usage", "label")
NEARLY_WHITE = 236
CHUNK = 256


def decode(photos, height, width, cache=None):
    """Decode photos into one array, each fitted into the frame by the embedder's own transform.

    photos: DataFrame with `image` (bytes) and `source`. cache: folder for the result, reused when the same photos come again.
    Returns uint8 (n, height, width, 4): RGB and a mask, 0 where a shop photo's white background may be replaced, else 255.
    """
    key = hashlib.sha256("".join(photos.source + photos.id.astype(str)).encode() + f"{height}x{width}".encode()).hexdigest()[:16]
    stored = Path(cache) / f"photos-{key}.npy" if cache else None
    if stored and stored.exists():
        return np.load(stored, mmap_mode="c")
    pixels = np.empty((len(photos), height, width, 4), np.uint8)
    starts = range(0, len(photos), CHUNK)
    jobs = [(photos.image.iloc[s:s + CHUNK].tolist(), photos.source.iloc[s:s + CHUNK].str.startswith("myntra").tolist(), height, width)
            for s in starts]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for start, part in zip(starts, pool.map(_decode_chunk, jobs)):
            pixels[start:start + CHUNK] = part
    if stored:
        stored.parent.mkdir(parents=True, exist_ok=True)
        with open(f"{stored}.part", "wb") as file:
            np.save(file, pixels)
        os.replace(f"{stored}.part", stored)
    return pixels


def _decode_chunk(job):
    images, on_white, height, width = job
    pixels = np.empty((len(images), height, width, 4), np.uint8)
    for i, (data, white) in enumerate(zip(images, on_white)):
        pixels[i, ..., :3] = frame(Image.open(io.BytesIO(data)).convert("RGB"), height, width)
        pixels[i, ..., 3] = garment_mask(pixels[i, ..., :3]) if white else 255
    return pixels


def garment_mask(pixels):
    """255 on the garment, 0 on nearly white regions that touch the photo's border. pixels: uint8 (h, w, 3)."""
    regions, _ = ndimage.label(pixels.min(axis=2) >= NEARLY_WHITE)
    outside = np.unique(np.concatenate([regions[0], regions[-1], regions[:, 0], regions[:, -1]]))
    return np.where(np.isin(regions, outside[outside > 0]), 0, 255).astype(np.uint8)


class TrainingPhotos:
    """Photos and labels on one device, ready to be drawn in batches.

    pixels: uint8 (n, H, W, 4). labels: int8 (n, A). fine: dict field -> int64 (n,), -1 unknown. groups: int64 (n,).
    """

    def __init__(self, photos, pixels, attributes, device):
        self.device, self.pixels = device, torch.from_numpy(pixels).to(device)
        self.labels = torch.from_numpy(label_matrix(photos, attributes)).to(device)
        self.fine, self.fine_names = {}, {}
        for field in FINE_FIELDS:
            if field in photos:
                codes, names = photos[field].factorize()
                self.fine[field], self.fine_names[field] = torch.from_numpy(codes.astype(np.int64)).to(device), list(names)
        groups = photos.apply(group_of, axis=1).factorize()[0]
        self.groups = torch.from_numpy(groups.astype(np.int64)).to(device)
        kinds = photos.reindex(columns=["article_type", "label"]).bfill(axis=1).iloc[:, 0].fillna("")
        self.kinds = kinds.factorize()[0]
        self.small = (photos.source == "myntra_80").to_numpy()

    def __len__(self):
        return len(self.labels)

    def batches(self, size, rng):
        """One pass in random order: list of int64 arrays of `size` rows. Every second batch is made of blocks of 8 photos of one kind,
        so that the nearest wrong answers in it are alike. Of the smallest photos, which are most, each pass takes every second one."""
        rows = rng.permutation(np.flatnonzero(~self.small | (rng.random(len(self)) < 0.5)))
        half = len(rows) // 2
        alike = rows[:half][np.argsort(self.kinds[rows[:half]], kind="stable")]
        blocks = [alike[i:i + 8] for i in range(0, half, 8)]
        rng.shuffle(blocks)
        orders = np.concatenate(blocks) if blocks else alike, rows[half:]
        cut = [[order[i:i + size] for i in range(0, len(order) - size + 1, size)] for order in orders]
        return [batch for pair in zip(*cut) for batch in pair]


def random_views(pixels, height, width, generator, backgrounds=0.4):
    """One random view of each photo: cut, turned, mirrored, on another background, in other light, blurred.

    pixels: uint8 (n, H, W, 4) on any device. height, width: of the views. backgrounds: share of shop photos laid on another background.
    Returns float32 (n, 3, height, width) in 0..255. Colours shift little, because colour is one of the labels.
    """
    n, device = len(pixels), pixels.device
    uniform = lambda low, high, *shape: torch.rand((n, *shape), generator=generator, device=device) * (high - low) + low
    photo = pixels[..., :3].permute(0, 3, 1, 2).float()
    garment = pixels[..., 3:].permute(0, 3, 1, 2).float() / 255
    change = (uniform(0, 1) < backgrounds).float().view(n, 1, 1, 1)
    photo = photo + change * (1 - garment) * (_background(photo, uniform) - photo)
    views = F.grid_sample(photo, F.affine_grid(placement(n, uniform, photo.shape[3] / photo.shape[2]), (n, 3, height, width),
                                               align_corners=False), padding_mode="border", align_corners=False)
    return light(_blur(views, uniform), uniform)


def _background(photo, uniform):
    """Another photo of the batch, coarse, or a plain colour with a slope of light. photo: (n, 3, H, W)."""
    n, _, height, width = photo.shape
    coarse = F.interpolate(F.avg_pool2d(photo.roll(1, 0), 8), (height, width), mode="bilinear")
    slope = torch.linspace(-1, 1, height, device=photo.device).view(1, 1, height, 1) * uniform(-30, 30, 1, 1, 1)
    plain = uniform(60, 255, 1, 1, 1) + uniform(-25, 25, 3, 1, 1) + slope
    scene = photo.roll(2, 0)
    pick = uniform(0, 3, 1, 1, 1)
    return torch.where(pick < 1, coarse, torch.where(pick < 1.6, scene, plain)).clamp(0, 255)


def placement(n, uniform, aspect, smallest=0.35, largest=1.05):
    """Affine matrices (n, 2, 3) in grid_sample's coordinates: 35 to 105 % of the area, turned up to 25 degrees (a few: up to 180).

    uniform: function (low, high, *shape) of random numbers (n, *shape). aspect: width by height of the photos.
    """
    side = torch.exp(uniform(math.log(smallest), math.log(largest)) / 2)
    stretch = torch.exp(uniform(-0.16, 0.16))
    angle = uniform(-25, 25) * (uniform(0, 1) < 0.7)
    angle = torch.where(uniform(0, 1) < 0.05, uniform(-180, 180), angle) * math.pi / 180
    mirror = torch.where(uniform(0, 1) < 0.5, -1.0, 1.0)
    wide, high = side * stretch, side / stretch
    cos, sin = torch.cos(angle), torch.sin(angle)
    room_x, room_y = (1.05 - wide).clamp(min=0), (1.05 - high).clamp(min=0)
    top = torch.stack([mirror * wide * cos, -high * sin / aspect, room_x * uniform(-1, 1)], 1)
    bottom = torch.stack([mirror * wide * sin * aspect, high * cos, room_y * uniform(-1, 1)], 1)
    return torch.stack([top, bottom], 1)


def _blur(views, uniform):
    """Reduce a quarter of the views to a half or a quarter of their size and back, as small and compressed photos are."""
    height, width = views.shape[2:]
    amount = uniform(0, 1, 1, 1, 1)
    half, quarter = (F.interpolate(F.avg_pool2d(views, f), (height, width), mode="bilinear") for f in (2, 3))
    return torch.where(amount < 0.08, quarter, torch.where(amount < 0.25, half, views))


def light(views, uniform):
    """Brightness, contrast, saturation, white balance and noise."""
    grey = views.mean(1, keepdim=True)
    views = grey + (views - grey) * uniform(0.85, 1.15, 1, 1, 1)
    middle = views.mean((1, 2, 3), keepdim=True)
    views = middle + (views - middle) * uniform(0.8, 1.2, 1, 1, 1)
    views = views * uniform(0.78, 1.18, 1, 1, 1) * uniform(0.95, 1.05, 3, 1, 1)
    return (views + torch.randn_like(views) * uniform(0, 6, 1, 1, 1)).clamp(0, 255)


def plain_views(pixels, height, width):
    """The photos as the embedder shows them to the network. pixels: uint8 (n, H, W, 4). Returns float32 (n, 3, height, width)."""
    photo = pixels[..., :3].permute(0, 3, 1, 2).float()
    return photo if photo.shape[2:] == (height, width) else F.interpolate(photo, (height, width), mode="bilinear", antialias=True)
