"""SegEmbed: a U-Net whose bottleneck feeds the embedding and whose decoder tells the parts of a garment, trained jointly."""

import torch
import torch.nn.functional as F
from torch import nn

from training.models import DEVIATION, DIMENSION, MEAN, SCALE

LEVELS = 5


def _block(before, after):
    """Two 3x3 convolutions, as in every step of a U-Net (Ronneberger et al. 2015), with batch normalisation."""
    return nn.Sequential(nn.Conv2d(before, after, 3, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True),
                         nn.Conv2d(after, after, 3, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class SegEmbed(nn.Module):
    """Photos -> embedding, attribute logits and, while training, a map of parts.

    The encoder halves the photo four times; its deepest features, averaged, are projected to the 512-d embedding. The decoder goes back up
    with the encoder's features beside it. Without `parts` only the encoder half exists.
    """

    def __init__(self, attributes, parts=0, width=32):
        """attributes: list of A names. parts: classes of the map, background among them; 0 for no decoder. width: channels of the first level."""
        super().__init__()
        self.attributes, widths = list(attributes), [width * 2 ** level for level in range(LEVELS)]
        self.down = nn.ModuleList(_block(before, after) for before, after in zip([3, *widths], widths))
        self.fc = nn.Linear(widths[-1], DIMENSION)
        self.head = nn.Linear(DIMENSION, len(self.attributes))
        self.up = nn.ModuleList(_block(deep + side, side) for deep, side in zip(widths[:0:-1], widths[-2::-1])) if parts else None
        self.parts = nn.Conv2d(width, parts, 1) if parts else None
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(DEVIATION).view(1, 3, 1, 1), persistent=False)

    def forward(self, pixels, decode=False):
        """pixels: float (n, 3, H, W), RGB in 0..255, sides multiples of 16 pixels.

        Returns embedding (n, 512), rows of length 1, and logits (n, A); with `decode` also part logits (n, parts, H, W).
        """
        x, seen = (pixels - self.mean) / self.deviation, []
        for level, block in enumerate(self.down):
            x = block(F.max_pool2d(x, 2) if level else x)
            seen.append(x)
        embedding = F.normalize(self.fc(x.mean(dim=(2, 3))).float(), dim=1)
        logits = self.head(embedding * SCALE)
        if not decode:
            return embedding, logits
        for block, side in zip(self.up, seen[-2::-1]):
            x = block(torch.cat([F.interpolate(x, scale_factor=2.0, mode="nearest"), side], dim=1))
        return embedding, logits, self.parts(x)
