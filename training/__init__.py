"""The workshop that makes the model file. PyTorch lives here only; the app never imports it.

    sources > dataset > models + loss > train > evaluate > export

Start with train.py and models.py: the rest serves them.
"""

import importlib.util

import torch


def _declare_missing_operators():
    """Let torchvision import beside a CPU build of PyTorch whose wheel lacks its compiled operators (used by detection models only)."""
    if importlib.util.find_spec("torchvision") is None:
        return
    try:
        torch.ops.torchvision.nms
    except (AttributeError, RuntimeError):
        _declare_missing_operators.library = library = torch.library.Library("torchvision", "FRAGMENT")
        library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")


_declare_missing_operators()
