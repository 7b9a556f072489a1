"""Train the embedding network on the real photo sets.

    python -m training.train --name teacher --network mobilenet_v2 --start IMAGENET.pth --teacher "" --height 128 --width 96 --budget 1200
    python -m training.train --name released --start fashflix/weights/fashflix.onnx --teacher training/runs/teacher/model.pt --frozen 3 \\
        --height 176 --width 132 --sharper 1.14 --batch 64 --lr 4e-4 --average 0.995 --budget 2700
    python -m training.train --name released                    again: goes on where it stopped

The first line teaches clothes to a small network that knows ImageNet; the second trains the released one with its help.

Writes training/runs/NAME/: checkpoint.pt (all that going on needs), curve.csv, model.pt (averaged weights, attributes, config) for
`python -m training.export`. The loss per batch of photos, each seen in two random views:

    class-balanced sigmoid cross-entropy over the attributes    (what the original trained with)
  + fine labels of the sources + two views of one photo find each other
  + the teacher's features and its beliefs about every fine label, for the same view
"""

import argparse
import csv
import math
import os
import time
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
import torch

from training.config import RUNS, Config, learning_rate, photo_size, stage_size
from training.dataset import TrainingPhotos, decode, plain_views, random_views
from training.export import load_released
from training.loss import (class_balanced_loss, distillation_loss, effective_number_weights, fine_label_loss, same_photo_loss,
                           soft_label_loss)
from training.models import SCALE, AttributeNet, TrainingHeads, load_teacher
from training.sources import FILES, choose_attributes, read

def start(config, attributes):
    """The network to train, with the weights that `config.start` names as far as they fit. Returns AttributeNet."""
    net = AttributeNet(attributes, config.network)
    if config.start and config.network == "mobilenet_v2":
        net.backbone.load_imagenet(config.start)
    elif config.start:
        known = load_released(config.start)
        net.backbone.load_state_dict(known.backbone.state_dict())
        with torch.no_grad():
            for row, word in enumerate(attributes):
                if word in known.attributes:
                    net.head.weight[row] = known.head.weight[known.attributes.index(word)]
                    net.head.bias[row] = known.head.bias[known.attributes.index(word)]
    return net


class Run:
    """One training run: model, averaged model, optimiser and everything a checkpoint holds."""

    def __init__(self, config, attributes, fine_names, device, teacher=None):
        torch.manual_seed(config.seed)
        self.config, self.device, self.attributes = config, device, attributes
        self.fine_names, self.teacher = fine_names, teacher
        self.model = start(config, attributes).to(device, memory_format=torch.channels_last)
        self.ready_to_learn()
        self.averaged = AttributeNet(attributes, config.network).to(device, memory_format=torch.channels_last).eval()
        self.averaged.load_state_dict(self.model.state_dict())
        self.heads = TrainingHeads({field: len(names) for field, names in fine_names.items()}, teacher.dimension if teacher else 0).to(device)
        decayed = [p for p in self.parameters() if p.ndim > 1 and p.requires_grad]
        others = [p for p in self.parameters() if p.ndim <= 1 and p.requires_grad]
        self.optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": config.weight_decay},
                                            {"params": others, "weight_decay": 0.0}], lr=config.lr, fused=device.type == "cuda")
        self.generator = torch.Generator(device).manual_seed(config.seed)
        self.seconds, self.steps, self.passes = 0.0, 0, 0

    def ready_to_learn(self):
        """Training mode, but for what stays as it is."""
        self.model.train()
        if self.config.frozen:
            stages = ("conv1", "bn1", "layer1", "layer2", "layer3", "layer4")[:self.config.frozen + 2]
            for name in stages:
                getattr(self.model.backbone, name).requires_grad_(False)
            self.model.backbone.eval()

    def parameters(self):
        return [*self.model.parameters(), *self.heads.parameters()]

    @property
    def progress(self):
        return self.seconds / self.config.budget

    def step(self, photos, rows, weights, centre):
        """Train on one batch. rows: int64 (n,). centre: the teacher's mean features, (1280,). Returns dict of loss terms, float."""
        height, width = stage_size(self.config, self.progress)
        rows = torch.from_numpy(rows).to(self.device)
        pixels = photos.pixels[rows]
        views = torch.cat([random_views(pixels, height, width, self.generator) for _ in range(2)])
        with torch.autocast(self.device.type, torch.bfloat16):
            embedding, logits = self.model(views.contiguous(memory_format=torch.channels_last))
        labels, twice, config = photos.labels[rows], torch.cat([rows, rows]), self.config
        terms = {"attributes": class_balanced_loss(logits.float(), labels.repeat(2, 1), weights),
                 "same_photo": same_photo_loss(*embedding.chunk(2), photos.groups[rows], config.temperature)}
        guesses = {field: head(embedding * SCALE) for field, head in self.heads.fine.items()}
        terms["fine_labels"] = sum(fine_label_loss(guess, photos.fine[field][twice]) for field, guess in guesses.items())
        if self.teacher:
            with torch.no_grad(), torch.autocast(self.device.type, torch.bfloat16):
                features, beliefs = self.teacher.teach(views.contiguous(memory_format=torch.channels_last))
            terms["distillation"] = distillation_loss(self.heads.teacher(embedding * SCALE), features.float() - centre)
            terms["soft_labels"] = sum((soft_label_loss(guesses[field], belief.float()) for field, belief in beliefs.items()),
                                       torch.zeros((), device=self.device))
        loss = terms["attributes"] + sum(getattr(config, name) * term for name, term in terms.items() if name != "attributes")
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(config.lr, self.progress)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters(), 5.0)
        self.optimiser.step()
        self.steps += 1
        self._average()
        return {name: term.detach() for name, term in terms.items()}

    @torch.no_grad()
    def _average(self):
        decay = min(self.config.average, (1 + self.steps) / (10 + self.steps))
        for mean, now in zip(self.averaged.state_dict().values(), self.model.state_dict().values()):
            mean.lerp_(now, 1 - decay) if mean.is_floating_point() else mean.copy_(now)

    def save(self, path):
        """Write the checkpoint whole or not at all."""
        state = {"config": asdict(self.config), "attributes": self.attributes, "seconds": self.seconds, "steps": self.steps,
                 "passes": self.passes, "model": self.model.state_dict(), "averaged": self.averaged.state_dict(),
                 "heads": self.heads.state_dict(), "optimiser": self.optimiser.state_dict(), "generator": self.generator.get_state()}
        torch.save(state, f"{path}.part")
        os.replace(f"{path}.part", path)

    def load(self, path):
        state = torch.load(path, map_location=self.device, weights_only=True)
        if state["attributes"] != self.attributes:
            raise SystemExit(f"{path} was trained on other attributes. Choose another --name, or delete the folder to start anew.")
        for part in ("model", "averaged", "heads", "optimiser"):
            getattr(self, part).load_state_dict(state[part])
        self.generator.set_state(state["generator"].cpu())
        self.seconds, self.steps, self.passes = state["seconds"], state["steps"], state["passes"]


@torch.no_grad()
def embed_all(model, photos, config, batch=256):
    """Embeddings (n, 512) and logits (n, A) of TrainingPhotos as they are, float32 on the photos' device."""
    parts = []
    for start in range(0, len(photos), batch):
        with torch.autocast(photos.device.type, torch.bfloat16):
            parts.append(model(plain_views(photos.pixels[start:start + batch], *photo_size(config))))
    return torch.cat([e for e, _ in parts]), torch.cat([l.float() for _, l in parts])


def validate(run, held_out, gallery_rows, photos):
    """On held-out photos: loss, macro F1 at threshold 0.5, and 5-NN article type in a gallery of training photos. Returns dict."""
    vectors, logits = embed_all(run.averaged, held_out, run.config)
    yes, guess, known = held_out.labels == 1, logits > 0, held_out.labels != 0
    hits, wrong = (yes & guess).sum(0).float(), ((yes != guess) & known).sum(0).float()
    f1 = (2 * hits / (2 * hits + wrong).clamp(min=1))[yes.any(0)].mean()
    figures = {"held_out_f1": float(f1)}
    if "article_type" in photos.fine:
        gallery = _rows(photos, gallery_rows)
        found, _ = embed_all(run.averaged, gallery, run.config)
        types = torch.where(photos.fine["article_type"][gallery_rows] >= 0, photos.fine["article_type"][gallery_rows], -1)
        asked = held_out.fine["article_type"] >= 0
        near = (vectors[asked] @ found[types >= 0].T).topk(5, dim=1).indices
        vote = types[types >= 0][near].mode(dim=1).values
        figures["article_type_5nn"] = float((vote == held_out.fine["article_type"][asked]).float().mean())
    return figures


def _rows(photos, rows):
    part = object.__new__(TrainingPhotos)
    part.device, part.pixels, part.labels = photos.device, photos.pixels[rows], photos.labels[rows]
    part.fine = {field: codes[rows] for field, codes in photos.fine.items()}
    return part


def load_photos(config, device):
    """The sources as training and held-out TrainingPhotos that share label codes. Returns (training, held_out, attributes)."""
    table = read(Path(config.data), [name for name in FILES if (Path(config.data) / f"{name}.parquet").exists()], config.limit or None)
    attributes = choose_attributes(table)
    pixels = decode(table, *photo_size(config), RUNS / "cache")
    both = TrainingPhotos(table, pixels, attributes, torch.device("cpu"))
    sides = []
    for side in (False, True):
        rows = torch.from_numpy(np.flatnonzero(table.held_out.to_numpy() == side))
        part = _rows(both, rows)
        part.device, part.groups, part.kinds, part.fine_names = device, both.groups[rows].to(device), both.kinds[rows.numpy()], both.fine_names
        part.small = both.small[rows.numpy()]
        part.sources = table.source.iloc[rows.numpy()].value_counts().to_dict()
        part.pixels, part.labels = part.pixels.to(device), part.labels.to(device)
        part.fine = {field: codes.to(device) for field, codes in part.fine.items()}
        sides.append(part)
    return *sides, attributes


@torch.no_grad()
def mean_features(teacher, photos, config, most=2048):
    """The teacher's mean features over plain photos, float32 (1280,); None without a teacher."""
    if teacher is None:
        return None
    pixels = photos.pixels[torch.randperm(len(photos), generator=torch.Generator().manual_seed(config.seed))[:most].to(photos.device)]
    return torch.cat([teacher.teach(plain_views(part, config.height, config.width))[0] for part in pixels.split(256)]).mean(0)


def train(config, stop_after=math.inf, device=None):
    """Run, or go on with, a training run. stop_after: seconds of this call. Returns the Run."""
    device = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
    folder = RUNS / config.name
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    photos, held_out, attributes = load_photos(config, device)
    teacher = load_teacher(config.teacher).to(device) if config.teacher else None
    run = Run(config, attributes, photos.fine_names, device, teacher)
    if (folder / "checkpoint.pt").exists():
        run.load(folder / "checkpoint.pt")
    centre = mean_features(teacher, photos, config)
    weights = effective_number_weights(photos.labels, config.beta)
    rng = np.random.default_rng([config.seed, run.passes])
    gallery_rows = torch.from_numpy(rng.permutation(np.flatnonzero(~photos.small))[:4000]).to(device)
    held_out = _rows(held_out, torch.from_numpy(rng.permutation(np.flatnonzero(~held_out.small))[:1500]).to(device))
    print(f"{len(photos)} training photos, {len(held_out)} held out, {len(attributes)} attributes, ready after "
          f"{time.monotonic() - began:.0f} s on {device}", flush=True)
    validated, sums, count = run.seconds, {}, 0
    while run.progress < 1 and time.monotonic() - began < stop_after:
        for rows in photos.batches(config.batch, rng):
            tick = time.monotonic()
            terms = run.step(photos, rows, weights, centre)
            for name, term in terms.items():
                sums[name] = sums.get(name, 0) + term
            count += 1
            if device.type == "cuda" and run.steps % 8 == 0:
                torch.cuda.synchronize()
            run.seconds += time.monotonic() - tick
            if run.seconds - validated > config.validate_every or run.progress >= 1:
                validated = run.seconds
                figures = validate(run, held_out, gallery_rows, photos)
                run.ready_to_learn()
                _log(folder / "curve.csv", run, {name: float(total) / count for name, total in sums.items()} | figures)
                sums, count = {}, 0
                run.save(folder / "checkpoint.pt")
            if run.progress >= 1 or time.monotonic() - began > stop_after:
                break
        run.passes += 1
    run.save(folder / "checkpoint.pt")
    torch.save({"config": asdict(config), "attributes": attributes, "state": run.averaged.half().state_dict(), "heads": run.heads.half().state_dict(),
                "fine_names": run.fine_names, "seconds": run.seconds,
                "steps": run.steps, "photos": len(photos), "sources": photos.sources, "device": str(device)}, folder / "model.pt")
    return run


def _log(path, run, figures):
    row = {"seconds": round(run.seconds), "steps": run.steps, "photos_seen": run.steps * run.config.batch,
           "height": stage_size(run.config, min(run.progress, 1.0))[0], "lr": learning_rate(run.config.lr, run.progress)} | figures
    row = {name: f"{value:.4g}" if isinstance(value, float) else value for name, value in row.items()}
    new = not path.exists()
    with open(path, "a", newline="") as file:
        writer = csv.DictWriter(file, row)
        if new:
            writer.writeheader()
        writer.writerow(row)
    print(row, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for field in fields(Config):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    parser.add_argument("--stop-after", type=float, default=math.inf, help="seconds of this call; a later call goes on")
    parser.add_argument("--device", help="cuda or cpu; default: cuda where there is one")
    given = vars(parser.parse_args())
    stop_after, device = given.pop("stop_after"), given.pop("device")
    train(Config(**given), stop_after, device)


if __name__ == "__main__":
    main()
