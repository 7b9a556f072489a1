"""The embedding network: ResNet-50 -> FC 512 -> one linear layer over the attributes.

The released file holds `AttributeNet` and nothing else; `TrainingHeads` helps while training and is thrown away.
"""

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models import mobilenet_v2, resnet50

DIMENSION = 512
SCALE = 16.0                        # length of the embedding as the classifier sees it: unit vectors alone cannot make sure logits
MEAN = (123.7, 116.3, 103.5)        # of ImageNet's photos, in 0..255; any fixed shift and scale would do
DEVIATION = (58.4, 57.1, 57.4)


class AttributeNet(nn.Module):
    """Photos -> embedding and attribute logits (He et al. 2016 for the backbone).

    backbone.fc is the 512-d fully connected embedding, head the single-layer multi-label classifier on top of it.
    """

    def __init__(self, attributes):
        """attributes: list of A vocabulary words, the classifier's outputs in order."""
        super().__init__()
        self.attributes = list(attributes)
        self.backbone = resnet50(weights=None, num_classes=DIMENSION)
        self.head = nn.Linear(DIMENSION, len(self.attributes))
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(DEVIATION).view(1, 3, 1, 1), persistent=False)

    def forward(self, pixels):
        """pixels: float (n, 3, H, W), RGB in 0..255. Returns embedding (n, 512), rows of length 1, and logits (n, A)."""
        features = self.backbone((pixels - self.mean) / self.deviation)
        embedding = F.normalize(features.float(), dim=1)
        return embedding, self.head(embedding * SCALE)


class TrainingHeads(nn.Module):
    """What only training needs: one softmax layer per fine label of the sources, and a projection into the teacher's space."""

    def __init__(self, fine_classes, teacher_dimension):
        """fine_classes: dict field -> number of classes. teacher_dimension: int, 0 without a teacher."""
        super().__init__()
        self.fine = nn.ModuleDict({field: nn.Linear(DIMENSION, count) for field, count in fine_classes.items()})
        self.teacher = nn.Linear(DIMENSION, teacher_dimension) if teacher_dimension else None


class Teacher(nn.Module):
    """ImageNet MobileNetV2 as converted from TFLite: pooled features (n, 1280), the peer that the embedding has to beat."""

    dimension = 1280

    def __init__(self, path):
        """path: state dict for torchvision's mobilenet_v2(num_classes=1001)."""
        super().__init__()
        self.net = mobilenet_v2(num_classes=1001)
        self.net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        for module in self.net.modules():
            if isinstance(module, nn.Conv2d) and module.stride == (2, 2) and module.kernel_size == (3, 3):
                module.padding = (0, 0)             # TFLite pads these on the right and below only
                module.register_forward_pre_hook(lambda _, inputs: (F.pad(inputs[0], (0, 1, 0, 1)),))
        self.eval().requires_grad_(False)

    def forward(self, pixels):
        """pixels: float (n, 3, H, W), RGB in 0..255. Returns float (n, 1280)."""
        return self.net.features(pixels / 127.5 - 1).mean(dim=(2, 3))
