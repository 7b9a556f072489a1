"""The workshop that makes the model file. PyTorch lives here only; the app never imports it.

    sources > dataset > models + loss > train > evaluate > export

Start with train.py and models.py: the rest serves them.
"""

import sys

import torch

try:
    import torchvision
except RuntimeError:        # a CPU build of PyTorch beside a torchvision whose compiled operators (for detection only) do not load
    for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[name]
    _library = torch.library.Library("torchvision", "DEF")
    _library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    _library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import torchvision
