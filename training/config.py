"""What a training run is given, and the schedules that follow from it."""

import math
from dataclasses import dataclass
from pathlib import Path

from training.sources import DATA

RUNS = Path(__file__).parent / "runs"
TEACHER = DATA.parent / "weights" / "mobilenet_v2_imagenet1001_from_tflite.pth"


@dataclass
class Config:
    """One run. Saved inside its checkpoint and its model file."""

    name: str = "first"
    network: str = "resnet50"       # or mobilenet_v2
    data: str = str(DATA)
    teacher: str = str(TEACHER)     # empty: train without one
    start: str = ""                 # weights to start from: a released .onnx, or ImageNet's of a mobilenet_v2; empty: random ones
    frozen: int = 0                 # stages of a ResNet, from the first, that stay as they are; batch statistics then stay too
    limit: int = 0                  # rows of each source; 0 takes all
    height: int = 144               # pixels of the views at the end
    width: int = 108
    sharper: float = 1.0            # photos are kept so many times larger than the last views, for views that show a part
    batch: int = 96                 # photos; the network sees two views of each
    budget: float = 4500.0          # seconds of training in all; learning rate and sizes follow it
    lr: float = 1e-3
    weight_decay: float = 0.05
    beta: float = 0.999             # of the effective number of samples
    temperature: float = 0.07
    same_photo: float = 0.5         # weights of the loss terms; the attributes' is 1
    fine_labels: float = 0.5
    distillation: float = 1.0
    soft_labels: float = 0.5
    average: float = 0.999          # decay of the averaged weights
    validate_every: float = 400.0   # seconds
    seed: int = 1


# share of the budget -> size of the views: small photos first, the full size for the last part (progressive resizing)
STAGES = ((0.40, 11 / 18), (0.80, 29 / 36), (1.01, 1.0))


def stage_size(config, progress):
    """Height and width of the views, multiples of 4 pixels. progress: 0 to 1, the share of the budget that is used.

    A network with frozen stages has learnt its size before: it sees no other.
    """
    factor = 1.0 if config.frozen else next(factor for end, factor in STAGES if progress < end)
    return round(config.height * factor / 4) * 4, round(config.width * factor / 4) * 4


def photo_size(config):
    """Height and width of the photos in memory, multiples of 4 pixels."""
    return round(config.height * config.sharper / 4) * 4, round(config.width * config.sharper / 4) * 4


def learning_rate(highest, progress):
    """Warm-up over 3 % of the budget, then a cosine to zero. highest: the rate at its peak. progress: 0 to 1, the share of the budget that is used."""
    return highest * min(1.0, progress / 0.03 + 0.01) * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0)))
