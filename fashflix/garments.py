"""Photo -> the garments in it: what each is, where it is, and how sure the network is.

garments.onnx, beside the model file, says for every fourth pixel which of the words of `vocabulary.GARMENTS` covers it, from what the model's
stages see. Here that map becomes a short list, largest first.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openvino
from PIL import Image

from fashflix.embedder import Embedder, metadata
from fashflix.photo import place_in_frame
from fashflix.settings import Settings

GARMENT_FILE = "garments.onnx"
HEIGHT, WIDTH = 320, 224            # pixels the network looks at
SMALLEST = {"shoes": 0.004, "bag": 0.006, "hat": 0.004}     # share of the photo below which a find is noise
SMALLEST_OTHER = 0.015
LEAST_SURE = 0.5
FAINT = 0.15                        # rows and columns with less than this share of the fullest one's pixels do not stretch a box
MARGIN = 0.06                       # of the box's longer side, kept around it in a crop


@dataclass(frozen=True)
class Garment:
    """One garment in a photo.

    kind: word of vocabulary.GARMENTS. box: (left, top, right, bottom) in pixels of the photo. confidence: mean probability over its pixels,
    0 to 1. share: of the photo's area. mask: bool (h, w), the photo at about a quarter of the network's size.
    """

    kind: str
    box: tuple
    confidence: float
    share: float
    mask: np.ndarray

    def crop(self, photo):
        """The part of the photo that shows it, with a little around. photo: PIL image. Returns a PIL image."""
        left, top, right, bottom = self.box
        room = MARGIN * max(right - left, bottom - top)
        return photo.crop((max(0, round(left - room)), max(0, round(top - room)), min(photo.width, round(right + room)),
                           min(photo.height, round(bottom + room))))

    def on_white(self, photo):
        """The crop with everything but the garment white, as shops show it. photo: PIL image. Returns a PIL image."""
        alpha = Image.fromarray((self.mask * 255).astype(np.uint8)).resize(photo.size, Image.Resampling.BICUBIC)
        return self.crop(Image.composite(photo, Image.new("RGB", photo.size, "white"), alpha))


class GarmentFinder:
    """The garment head on top of an embedder's stages, compiled for this CPU. Safe to share between threads.

    kinds: what it can find, the background first; () where there is no head for this model, and then it finds nothing.
    """

    def __init__(self, embedder, head=None):
        """embedder: Embedder. head: openvino.Model of the garment head; one that was made for another model is not used."""
        fits = head is not None and metadata(head, "model_sha256", None) == embedder.sha256
        self.kinds, self._embedder, self._lock = tuple(metadata(head, "garments", [])) if fits else (), embedder, threading.Lock()
        if self.kinds:
            self._request = openvino.Core().compile_model(head, "CPU", {"PERFORMANCE_HINT": "LATENCY"}).create_infer_request()

    @classmethod
    def load(cls, path=None, embedder=None):
        """Open the garments.onnx beside a model file; where it is absent or damaged, nothing is ever found.

        path: the model's ONNX file; default: the released one. embedder: the Embedder of that file, where one is open already. Raises ModelError
        as `Embedder.load`.
        """
        embedder = embedder or Embedder.load(path)
        try:
            head = openvino.Core().read_model(Path(path or Settings().model).with_name(GARMENT_FILE).read_bytes())
        except (OSError, RuntimeError, ValueError):
            head = None
        return cls(embedder, head)

    def find(self, photo):
        """Garments in a photo, largest first. photo: PIL image, RGB. Returns list of Garment, empty when nothing is sure enough."""
        if not self.kinds:
            return []
        return garments_of(self.probabilities(photo), self.kinds, photo.size)

    def probabilities(self, photo):
        """float32 (classes, h, w) over the photo alone, without the frame around it. photo: PIL image, RGB."""
        stages = self._embedder.stages(photo, HEIGHT, WIDTH)
        with self._lock:
            self._request.infer(stages)
            seen = self._request.get_output_tensor(0).data[0].copy()
        left, top, right, bottom = (round(side / 4) for side in place_in_frame(photo.size, HEIGHT, WIDTH))
        return seen[:, top:max(bottom, top + 1), left:max(right, left + 1)]


def garments_of(probabilities, kinds, size):
    """A class map as garments, largest first.

    probabilities: float (C, h, w). kinds: C names, the first is the background. size: (width, height) of the photo in pixels.
    """
    best = probabilities.argmax(axis=0)
    found = []
    for number, kind in enumerate(kinds[1:], start=1):
        mask = best == number
        share = float(mask.mean())
        if share < SMALLEST.get(kind, SMALLEST_OTHER):
            continue
        confidence = float(probabilities[number][mask].mean())
        if confidence >= LEAST_SURE:
            found.append(Garment(kind, _box(mask, size), confidence, share, mask))
    return sorted(found, key=lambda one: -one.share)


def _box(mask, size):
    """Around the mask but for stray pixels. mask: bool (h, w). size: (width, height) it is scaled to. Returns (left, top, right, bottom)."""
    ends = []
    for axis, length in ((0, size[0]), (1, size[1])):
        filled = mask.sum(axis=axis)
        inside = np.flatnonzero(filled >= max(1, FAINT * filled.max()))
        ends.append((inside[0] * length / len(filled), (inside[-1] + 1) * length / len(filled)))
    (left, right), (top, bottom) = ends
    return left, top, right, bottom
