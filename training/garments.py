"""Train the garment head: where tops, bottoms, dresses, outerwear, shoes, bags and hats are in a photo of a person.

    python -m training.garments training/runs/second/model.pt [--studio BENCHMARK] [--budget 1200]

Learns from Clothing Co-Parsing's street photos with masks (Yang et al., CVPR 2014), from shop photos of single shoes, bags and hats on white
and, where given, from rendered garments of `python -m catalog.studio benchmark`. The network itself stays as it is, so the embedding does not
change. Writes garments.pt beside the model, and training/results/garments.json: intersection over union per garment on held-out
street photos, a fifth of them, in blocks of five neighbouring ids, since neighbours often show one person.
"""

import argparse
import hashlib
import io
import json
import math
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw

from fashflix.garments import HEIGHT, WIDTH
from fashflix.photo import frame, open_photo
from training.dataset import garment_mask, light, placement
from training.export import CLASSES
from training.models import AttributeNet, GarmentHead, pyramid
from training.sources import DATA, MYNTRA_CATEGORY

RESULTS = Path(__file__).parent / "results" / "garments.json"
UNCLEAR = 255       # no class can be told: the loss and the figures leave it out
HELD_OUT = 0.2
LARGEST, SMALLEST = 1.3, 0.15       # share of a photo that a random view shows
MIX = {"street": 0.6, "shop": 0.2, "studio": 0.2}

# garment -> folders of the In-Shop layout
SHELVES = {
    "top": "Tees_Tanks Blouses_Shirts Shirts_Polos Sweaters Sweatshirts_Hoodies", "bottom": "Denim Pants Leggings Shorts Skirts",
    "dress": "Dresses Rompers_Jumpsuits", "outerwear": "Jackets_Coats Jackets_Vests Suiting Cardigans", "shoes": "Shoes", "bag": "Bags", "hat": "Hats",
}

# class of Clothing Co-Parsing, in its order -> ours; "-" background, "?" cannot be told
STREET = dict(zip(
    "null accessories bag belt blazer blouse bodysuit boots bra bracelet cape cardigan clogs coat dress earrings flats glasses gloves hair hat "
    "heels hoodie intimate jacket jeans jumper leggings loafers necklace panties pants pumps purse ring romper sandals scarf shirt shoes shorts "
    "skin skirt sneakers socks stockings suit sunglasses sweater sweatshirt swimwear t-shirt tie tights top vest wallet watch wedges".split(),
    ("- - bag - outerwear top top shoes ? - outerwear outerwear shoes outerwear dress - shoes - - - hat "
     "shoes top ? outerwear bottom top bottom shoes - ? bottom shoes bag - dress shoes - top shoes bottom "
     "- bottom shoes - - ? - top top ? top - - top outerwear ? - shoes").split()))


def street_photos(folder=DATA):
    """Clothing Co-Parsing as framed pixels and classes: (uint8 (n, H, W, 3), uint8 (n, H, W), held_out bool (n,))."""
    table = parquet.read_table(Path(folder) / "ccp.parquet", columns=["id", "image", "mask"]).to_pandas()
    pixels = np.stack([frame(open_photo(data), HEIGHT, WIDTH) for data in table.image])
    masks = np.stack([frame_mask(to_ours(np.asarray(Image.open(io.BytesIO(data))))) for data in table["mask"]])
    return pixels, masks, np.array([held_out(number) for number in table.id])


def to_ours(classes):
    """Classes of Clothing Co-Parsing as ours: 0 background, 1 to 7 CLASSES, UNCLEAR. classes: int (h, w). Returns uint8 (h, w)."""
    ours = [{"-": 0, "?": UNCLEAR}[name] if name in "-?" else CLASSES.index(name) for name in STREET.values()]
    return np.array(ours, np.uint8)[classes]


def held_out(number):
    """Whether a photo of Clothing Co-Parsing is kept from training. number: its id."""
    digest = hashlib.sha256(f"ccp {int(number) // 5}".encode()).digest()
    return int.from_bytes(digest[:4], "big") < HELD_OUT * 2**32


def frame_mask(classes):
    """Fit a class map into the frame as `fashflix.photo.frame` fits its photo. classes: uint8 (h, w). Returns uint8 (H, W)."""
    scale = min(WIDTH / classes.shape[1], HEIGHT / classes.shape[0])
    size = max(1, round(classes.shape[1] * scale)), max(1, round(classes.shape[0] * scale))
    framed = np.zeros((HEIGHT, WIDTH), np.uint8)
    top, left = (HEIGHT - size[1]) // 2, (WIDTH - size[0]) // 2
    framed[top:top + size[1], left:left + size[0]] = np.asarray(Image.fromarray(classes).resize(size, Image.Resampling.NEAREST))
    return framed


def shop_photos(folder=DATA, most=700):
    """Single shoes, bags and hats on white, `most` of each; no person is in these. Returns (pixels, masks) as `street_photos`."""
    table = parquet.read_table(Path(folder) / "myntra_224.parquet", columns=["image", "article_type"]).to_pandas()
    words = {"shoes": ("Shoes", "Heels", "Flats", "Sandals", "Booties", "Flip Flops"), "bag": ("Handbags", "Backpacks", "Clutches", "Bag"),
             "hat": ("Caps", "Hat")}
    pixels, masks = [], []
    for garment, endings in words.items():
        mine = table[table.article_type.str.endswith(endings) & table.article_type.isin(MYNTRA_CATEGORY)]
        for data in mine.sample(min(most, len(mine)), random_state=1).image:
            pixels.append(frame(open_photo(data), HEIGHT, WIDTH))
            masks.append((garment_mask(pixels[-1]) > 0).astype(np.uint8) * CLASSES.index(garment))
    return np.stack(pixels), np.stack(masks)


def studio_photos(folder, most=1500):
    """Rendered garments of the training split, spread over the set. folder: what `python -m catalog.studio benchmark` wrote.

    Returns (pixels, masks) as `shop_photos`. Every part of the garment counts as the garment.
    """
    marked = json.loads((Path(folder) / "Anno/segmentation/DeepFashion_segmentation_train.json").read_text(encoding="utf-8"))
    shelves = {shelf: CLASSES.index(garment) for garment, names in SHELVES.items() for shelf in names.split()}
    images = [one for one in marked["images"] if Path(one["file_name"]).parts[2] in shelves]
    images = images[::max(1, len(images) // most)]
    polygons = {one["id"]: [] for one in images}
    for part in marked["annotations"]:
        if part["image_id"] in polygons:
            polygons[part["image_id"]] += part["segmentation"]
    pixels, masks = [], []
    for one in images:
        photo = open_photo((Path(folder) / one["file_name"]).read_bytes())
        canvas = Image.new("L", photo.size)
        for polygon in polygons[one["id"]]:
            ImageDraw.Draw(canvas).polygon(polygon, fill=shelves[Path(one["file_name"]).parts[2]])
        pixels.append(frame(photo, HEIGHT, WIDTH))
        masks.append(frame_mask(np.asarray(canvas)))
    return np.stack(pixels), np.stack(masks)


class Pool:
    """Photos with class maps, drawn as random views."""

    def __init__(self, pixels, masks):
        self.pixels, self.masks = torch.from_numpy(pixels), torch.from_numpy(masks)

    def draw(self, count, generator):
        """Returns views float32 (n, 3, H, W) in 0..255 and classes int64 (n, H / 4, W / 4)."""
        rows = torch.randint(len(self.pixels), (count,), generator=generator)
        uniform = lambda low, high, *shape: torch.rand((count, *shape), generator=generator) * (high - low) + low
        photo, classes = self.pixels[rows].permute(0, 3, 1, 2).float(), self.masks[rows][:, None].float()
        place = placement(count, uniform, WIDTH / HEIGHT, SMALLEST, LARGEST)
        views = F.grid_sample(photo, F.affine_grid(place, photo.shape, align_corners=False), padding_mode="border", align_corners=False)
        small = F.affine_grid(place, (count, 1, HEIGHT // 4, WIDTH // 4), align_corners=False)
        classes = F.grid_sample(classes, small, mode="nearest", padding_mode="zeros", align_corners=False)
        return light(views, uniform), classes[:, 0].round().long()


def loss_of(logits, classes):
    """Cross-entropy plus soft Dice loss (Milletari et al. 2016), over what can be told. logits: (n, C, h, w). classes: int (n, h, w)."""
    entropy = F.cross_entropy(logits, classes, ignore_index=UNCLEAR, label_smoothing=0.03)
    told = (classes != UNCLEAR)[:, None]
    guess, truth = logits.softmax(1) * told, F.one_hot(classes.where(told[:, 0], torch.zeros(())).long(), logits.shape[1]).permute(0, 3, 1, 2) * told
    overlap, area = (guess * truth).sum((0, 2, 3)), (guess + truth).sum((0, 2, 3))
    return entropy + (1 - (2 * overlap + 1) / (area + 1))[truth.sum((0, 2, 3)) > 0].mean()


def train(net, pools, budget, seed=1, batch=24, lr=2e-3):
    """Train a GarmentHead. net: AttributeNet, left as it is. pools: dict name of MIX -> Pool. budget: seconds. Returns the averaged head."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    head, mean = GarmentHead(len(CLASSES)), GarmentHead(len(CLASSES)).eval()
    mean.load_state_dict(head.state_dict())
    optimiser = torch.optim.AdamW(head.parameters(), lr=lr, weight_decay=0.02)
    total = sum(MIX[name] for name in pools)
    counts = {name: max(1, round(batch * MIX[name] / total)) for name in pools}
    began, steps, shown = time.monotonic(), 0, 0.0
    while (progress := (time.monotonic() - began) / budget) < 1:
        for group in optimiser.param_groups:
            group["lr"] = lr * min(1.0, steps / 50 + 0.02) * 0.5 * (1 + math.cos(math.pi * progress))
        drawn = [pools[name].draw(count, generator) for name, count in counts.items()]
        views = torch.cat([views for views, _ in drawn]).contiguous(memory_format=torch.channels_last)
        classes = torch.cat([classes for _, classes in drawn])
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                features = pyramid(net, views)
            logits = head(features)
        loss = loss_of(logits.float(), classes)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        steps += 1
        with torch.no_grad():
            keep = min(0.995, (1 + steps) / (10 + steps))
            for old, new in zip(mean.state_dict().values(), head.state_dict().values()):
                old.lerp_(new, 1 - keep) if old.is_floating_point() else old.copy_(new)
        if progress >= shown:
            print(f"{steps} steps, {progress:.0%}, loss {float(loss):.3f}", flush=True)
            shown += 0.1
    return mean, steps


@torch.no_grad()
def measure(net, head, pixels, masks):
    """Intersection over union per class on whole photos, at full size. Returns dict name -> {"iou", "photos"}, and the confusion counts."""
    confusion = np.zeros((len(CLASSES), len(CLASSES)), np.int64)
    for start in range(0, len(pixels), 16):
        views = torch.from_numpy(pixels[start:start + 16]).permute(0, 3, 1, 2).float().contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            logits = head(pyramid(net, views))
        guess = F.interpolate(logits.float(), (HEIGHT, WIDTH), mode="bilinear").argmax(1).numpy()
        truth = masks[start:start + 16]
        told = truth != UNCLEAR
        confusion += np.bincount(truth[told].astype(int) * len(CLASSES) + guess[told], minlength=confusion.size).reshape(confusion.shape)
    both = np.diag(confusion)
    union = confusion.sum(0) + confusion.sum(1) - both
    return {name: {"iou": round(float(both[i] / max(1, union[i])), 4), "photos": int((masks == i).any((1, 2)).sum())} for i, name in enumerate(CLASSES)}


def main():
    parser = argparse.ArgumentParser(prog="python -m training.garments", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="model.pt of a training run of a ResNet-50")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--studio", type=Path, help="folder of `python -m catalog.studio benchmark`")
    parser.add_argument("--budget", type=float, default=1200, help="seconds")
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    saved = torch.load(given.model, map_location="cpu", weights_only=True)
    net = AttributeNet(saved["attributes"])
    net.load_state_dict(saved["state"])
    net = net.float().eval().requires_grad_(False).to(memory_format=torch.channels_last)
    pixels, masks, kept = street_photos(given.data)
    pools = {"street": Pool(pixels[~kept], masks[~kept]), "shop": Pool(*shop_photos(given.data))}
    if given.studio:
        pools["studio"] = Pool(*studio_photos(given.studio))
    head, steps = train(net, pools, given.budget)
    per_class = measure(net, head, pixels[kept], masks[kept])
    torch.save(head.half().state_dict(), given.model.with_name("garments.pt"))
    results = {"command": "python -m training.garments MODEL" + (" --studio BENCHMARK" if given.studio else "") + f" --budget {given.budget:g}",
               "held_out_photos": int(kept.sum()), "trained_on": {name: len(pool.pixels) for name, pool in pools.items()}, "steps": steps,
               "mean_iou": round(float(np.mean([per_class[name]["iou"] for name in CLASSES[1:]])), 4), "per_class": per_class}
    given.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
