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
    """Photos -> embedding and attribute logits (He et al. 2016 for the released backbone).

    backbone.fc is the 512-d fully connected embedding, head the single-layer multi-label classifier on top of it.
    """

    def __init__(self, attributes, network="resnet50"):
        """attributes: list of A vocabulary words, the classifier's outputs in order. network: "resnet50" or, for teachers, "mobilenet_v2"."""
        super().__init__()
        self.attributes = list(attributes)
        self.backbone = MobileNet() if network == "mobilenet_v2" else resnet50(weights=None, num_classes=DIMENSION)
        self.head = nn.Linear(DIMENSION, len(self.attributes))
        mean, deviation = ((127.5,) * 3,) * 2 if network == "mobilenet_v2" else (MEAN, DEVIATION)
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(deviation).view(1, 3, 1, 1), persistent=False)

    def forward(self, pixels):
        """pixels: float (n, 3, H, W), RGB in 0..255. Returns embedding (n, 512), rows of length 1, and logits (n, A)."""
        features = self.backbone((pixels - self.mean) / self.deviation)
        embedding = F.normalize(features.float(), dim=1)
        return embedding, self.head(embedding * SCALE)


class GarmentHead(nn.Module):
    """Where each garment is: a feature pyramid over the backbone, all levels summed at quarter size (Kirillov et al., CVPR 2019).

    Trained with the backbone as it is, so that the embedding does not depend on it.
    """

    levels = ("layer1", "layer2", "layer3", "layer4")
    channels = (256, 512, 1024, 2048)
    width = 96

    def __init__(self, classes):
        """classes: number of garments and, first, the background."""
        super().__init__()
        block = lambda: nn.Sequential(nn.Conv2d(self.width, self.width, 3, padding=1, bias=False), nn.BatchNorm2d(self.width), nn.ReLU())
        self.lateral = nn.ModuleList(nn.Conv2d(count, self.width, 1) for count in self.channels)
        self.smooth = nn.ModuleList(block() for _ in self.channels)
        self.join = block()
        self.classify = nn.Conv2d(self.width, classes, 1)

    def forward(self, features):
        """features: list of 4 tensors, `pyramid` of the backbone. Returns logits (n, classes, H / 4, W / 4)."""
        total = None
        for feature, lateral, smooth in zip(features[::-1], self.lateral[::-1], self.smooth[::-1]):
            side = lateral(feature)
            total = side if total is None else side + F.interpolate(total, scale_factor=2.0, mode="nearest")
            total = smooth(total)
        return self.classify(self.join(total))


def pyramid(net, pixels):
    """What each stage of a ResNet-50 sees. net: AttributeNet. pixels: float (n, 3, H, W), RGB in 0..255; sides multiples of 32 pixels.

    Returns list of 4 tensors (n, 256, H / 4, W / 4), ... (n, 2048, H / 32, W / 32).
    """
    part = net.backbone
    x, seen = part.maxpool(part.relu(part.bn1(part.conv1((pixels - net.mean) / net.deviation)))), []
    for name in GarmentHead.levels:
        x = getattr(part, name)(x)
        seen.append(x)
    return seen


class TrainingHeads(nn.Module):
    """What only training needs: one softmax layer per fine label of the sources, and a projection into the teacher's space."""

    def __init__(self, fine_classes, teacher_dimension):
        """fine_classes: dict field -> number of classes. teacher_dimension: int, 0 without a teacher."""
        super().__init__()
        self.fine = nn.ModuleDict({field: nn.Linear(DIMENSION, count) for field, count in fine_classes.items()})
        self.teacher = nn.Linear(DIMENSION, teacher_dimension) if teacher_dimension else None


class MobileNet(nn.Module):
    """MobileNetV2 as converted from TFLite (Sandler et al. 2018), with the 512-d embedding in place of ImageNet's classes."""

    dimension = 1280

    def __init__(self):
        super().__init__()
        self.features = mobilenet_v2(weights=None, num_classes=1).features
        self.fc = nn.Linear(self.dimension, DIMENSION)
        for module in self.features.modules():
            if isinstance(module, nn.Conv2d) and module.stride == (2, 2) and module.kernel_size == (3, 3):
                module.padding = (0, 0)             # TFLite pads these on the right and below only
                module.register_forward_pre_hook(lambda _, inputs: (F.pad(inputs[0], (0, 1, 0, 1)),))

    def load_imagenet(self, path):
        """Take the weights of ImageNet. path: state dict for torchvision's mobilenet_v2(num_classes=1001)."""
        state = torch.load(path, map_location="cpu", weights_only=True)
        self.features.load_state_dict({name.removeprefix("features."): one for name, one in state.items() if name.startswith("features.")})

    def pooled(self, pixels):
        """pixels: float (n, 3, H, W) in -1..1. Returns float (n, 1280)."""
        return self.features(pixels).mean(dim=(2, 3))

    def forward(self, pixels):
        """pixels: float (n, 3, H, W) in -1..1. Returns float (n, 512)."""
        return self.fc(self.pooled(pixels))


class Teacher(nn.Module):
    """ImageNet MobileNetV2: pooled features (n, 1280), the peer that the embedding has to beat."""

    dimension = MobileNet.dimension

    def __init__(self, path):
        """path: state dict for torchvision's mobilenet_v2(num_classes=1001)."""
        super().__init__()
        self.net = MobileNet()
        self.net.load_imagenet(path)
        self.eval().requires_grad_(False)

    def forward(self, pixels):
        """pixels: float (n, 3, H, W), RGB in 0..255. Returns float (n, 1280)."""
        return self.net.pooled(pixels / 127.5 - 1)

    def teach(self, pixels):
        """What a student learns from: features (n, 1280) and logits per fine label, of which ImageNet's network has none."""
        return self(pixels), {}


class FashionTeacher(nn.Module):
    """A MobileNetV2 of `training.train --network mobilenet_v2`: it knows ImageNet and clothes, and teaches the larger network both."""

    dimension = MobileNet.dimension

    def __init__(self, saved):
        """saved: what `training.train` wrote into model.pt."""
        super().__init__()
        self.net = AttributeNet(saved["attributes"], "mobilenet_v2")
        self.net.load_state_dict(saved["state"])
        self.fine = nn.ModuleDict({field: nn.Linear(DIMENSION, len(names)) for field, names in saved["fine_names"].items()})
        self.fine.load_state_dict({name.removeprefix("fine."): one for name, one in saved["heads"].items() if name.startswith("fine.")})
        self.size = saved["config"]["height"], saved["config"]["width"]
        self.float().eval().requires_grad_(False)

    def teach(self, pixels):
        """pixels: float (n, 3, H, W), RGB in 0..255. Returns features (n, 1280) and logits of each fine label, dict field -> (n, C)."""
        pixels = F.interpolate(pixels, self.size, mode="bilinear", antialias=False)
        features = self.net.backbone.pooled((pixels - self.net.mean) / self.net.deviation)
        embedding = F.normalize(self.net.backbone.fc(features).float(), dim=1)
        return features, {field: head(embedding * SCALE) for field, head in self.fine.items()}


def load_teacher(path):
    """A teacher from ImageNet's weights or from a model.pt of `training.train`."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    return FashionTeacher(saved) if "attributes" in saved else Teacher(path)
