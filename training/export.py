"""Write the released model: one ONNX file whose layers keep the names and shapes of the PyTorch network, so that it loads back.

    python -m training.export training/runs/second/model.pt [--height 224 --width 168] [--out fashflix/weights/fashflix.onnx]

A garments.pt beside model.pt (of `python -m training.garments`) becomes garments.onnx beside the model's file. What the run was, and its curve,
are copied to training/results/.

Weights are stored as float16 and widened where they are used; batch normalisation stays unfolded. `load_released` gives the network
back, to go on training from. Input `pixels` float32 (n, 3, H, W), RGB 0..255; outputs `embedding` (n, 512), rows of length 1, and
`attributes` (n, A), probabilities. garments.onnx takes what the four stages see, by the names of their outputs here, and gives `garments`
(n, 8, H / 4, W / 4), probabilities of the background and of vocabulary.GARMENTS. ONNX operator set 17: https://onnx.ai/onnx/operators
"""

import argparse
import hashlib
import json
import os
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from fashflix.embedder import STAGES
from fashflix.garments import GARMENT_FILE
from fashflix.vocabulary import GARMENTS
from training.models import DEVIATION, DIMENSION, MEAN, SCALE, AttributeNet, GarmentHead

RELEASED = Path(__file__).resolve().parents[1] / "fashflix" / "weights" / "fashflix.onnx"
RESULTS = Path(__file__).parent / "results"
CLASSES = ["background", *GARMENTS]
LICENCE = "research and education; see MODEL_CARD.md"


class Graph:
    """An ONNX graph under construction: nodes and initialisers, each output named after the layer that makes it."""

    def __init__(self, state):
        """state: dict name -> tensor, the network's state_dict."""
        self.state, self.nodes, self.initialisers, self.widened = state, [], [], set()

    def node(self, kind, inputs, name, **attributes):
        """Add one operator. Returns the name of its output."""
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def constant(self, name, values):
        self.initialisers.append(numpy_helper.from_array(np.asarray(values, np.float32), name))
        return name

    def weight(self, name):
        """A tensor of the state_dict: matrices and kernels as float16 with a cast, vectors as float32. Returns a float32 name."""
        values = self.state[name].float().numpy()
        if values.ndim == 1:
            return self.constant(name, values)
        self.initialisers.append(numpy_helper.from_array(values.astype(np.float16), name))
        return self.node("Cast", [name], f"{name}.float32", to=TensorProto.FLOAT)

    def convolution(self, x, name, stride=1, padding=0):
        bias = [self.weight(f"{name}.bias")] if f"{name}.bias" in self.state else []
        return self.node("Conv", [x, self.weight(f"{name}.weight"), *bias], name, strides=[stride] * 2, pads=[padding] * 4)

    def normalisation(self, x, name):
        values = [self.weight(f"{name}.{part}") for part in ("weight", "bias", "running_mean", "running_var")]
        return self.node("BatchNormalization", [x, *values], name, epsilon=1e-5)

    def linear(self, x, name):
        return self.node("Gemm", [x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")], name, transB=1)


def _bottleneck(graph, x, name, stride):
    """ResNet v1.5's block: 1x1, 3x3 with the stride, 1x1, and the way round."""
    y = graph.node("Relu", [graph.normalisation(graph.convolution(x, f"{name}.conv1"), f"{name}.bn1")], f"{name}.relu1")
    y = graph.node("Relu", [graph.normalisation(graph.convolution(y, f"{name}.conv2", stride, 1), f"{name}.bn2")], f"{name}.relu2")
    y = graph.normalisation(graph.convolution(y, f"{name}.conv3"), f"{name}.bn3")
    if f"{name}.downsample.0.weight" in graph.state:
        x = graph.normalisation(graph.convolution(x, f"{name}.downsample.0", stride), f"{name}.downsample.1")
    return graph.node("Relu", [graph.node("Add", [y, x], f"{name}.sum")], name)


def _garments(graph, levels):
    """GarmentHead over the outputs of the backbone's four stages. Returns the name of its probabilities."""
    twice = graph.constant("garments.twice", [1, 1, 2, 2])
    block = lambda x, name: graph.node("Relu", [graph.normalisation(graph.convolution(x, f"{name}.0", 1, 1), f"{name}.1")], f"{name}.2")
    total = None
    for level in (3, 2, 1, 0):
        x = graph.convolution(levels[level], f"garments.lateral.{level}")
        if total is not None:
            larger = graph.node("Resize", [total, "", twice], f"garments.larger.{level}", mode="nearest", nearest_mode="floor",
                                coordinate_transformation_mode="asymmetric")
            x = graph.node("Add", [x, larger], f"garments.sum.{level}")
        total = block(x, f"garments.smooth.{level}")
    return graph.node("Softmax", [graph.convolution(block(total, "garments.join"), "garments.classify")], "garments", axis=1)


def build(state, attributes, height, width):
    """The ONNX model of an AttributeNet. state: its state_dict. attributes: its words. height, width: pixels of a photo to embed."""
    graph = Graph(state)
    shift = graph.constant("mean", np.reshape(MEAN, (1, 3, 1, 1)))
    scale = graph.constant("deviation", np.reshape(DEVIATION, (1, 3, 1, 1)))
    x = graph.node("Div", [graph.node("Sub", ["pixels", shift], "shifted"), scale], "scaled")
    x = graph.node("Relu", [graph.normalisation(graph.convolution(x, "backbone.conv1", 2, 3), "backbone.bn1")], "backbone.relu")
    x = graph.node("MaxPool", [x], "backbone.maxpool", kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    for layer in (1, 2, 3, 4):
        block = 0
        while f"backbone.layer{layer}.{block}.conv1.weight" in state:
            x = _bottleneck(graph, x, f"backbone.layer{layer}.{block}", 2 if layer > 1 and block == 0 else 1)
            block += 1
    x = graph.node("Flatten", [graph.node("GlobalAveragePool", [x], "backbone.avgpool")], "backbone.flat")
    x = graph.linear(x, "backbone.fc")
    graph.node("LpNormalization", [x], "embedding", axis=1, p=2)
    long = graph.node("Mul", ["embedding", graph.constant("scale", SCALE)], "embedding.scaled")
    graph.node("Sigmoid", [graph.linear(long, "head")], "attributes")
    value = lambda name, shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    outputs = [value("embedding", ["n", DIMENSION]), value("attributes", ["n", len(attributes)])]
    built = helper.make_graph(graph.nodes, "fashflix", [value("pixels", ["n", 3, "height", "width"])], outputs, graph.initialisers)
    return _checked(built, {"name": "fashflix", "licence": LICENCE, "input_height": str(height), "input_width": str(width),
                            "attributes": json.dumps(list(attributes))})


def build_garments(state, model_sha256):
    """The ONNX model of a GarmentHead. state: its state_dict. model_sha256: of the model file whose stages it was trained on."""
    graph = Graph({f"garments.{name}": one for name, one in state.items()})
    _garments(graph, STAGES)
    sides = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", count, f"height{level}", f"width{level}"])
             for level, (name, count) in enumerate(zip(STAGES, GarmentHead.channels))]
    found = helper.make_tensor_value_info("garments", TensorProto.FLOAT, ["n", len(CLASSES), "height0", "width0"])
    built = helper.make_graph(graph.nodes, "garments", sides, [found], graph.initialisers)
    return _checked(built, {"name": "fashflix garments", "licence": LICENCE, "garments": json.dumps(CLASSES),
                            "model_sha256": json.dumps(model_sha256)})


def _checked(graph, facts):
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9, producer_name="fashflix")
    helper.set_model_props(model, facts)
    onnx.checker.check_model(model, full_check=True)
    return model


def export(path, out=RELEASED, height=None, width=None):
    """Export a model file of training.train, and its garment head where there is one. Writes each file whole or not at all.

    height, width: pixels a photo to embed is framed into; default, those of the training's last views. Returns its size in bytes.
    """
    path, out = Path(path), Path(out)
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model = build(saved["state"], saved["attributes"], height or saved["config"]["height"], width or saved["config"]["width"]).SerializeToString()
    _write(out, model)
    beside = path.with_name("garments.pt")
    if beside.exists():
        head = build_garments(torch.load(beside, map_location="cpu", weights_only=True), hashlib.sha256(model).hexdigest())
        _write(out.with_name(GARMENT_FILE), head.SerializeToString())
    return out.stat().st_size


def _write(out, data):
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_suffix(".part")
    part.write_bytes(data)
    os.replace(part, out)


def facts(path):
    """What a training run was, without where its files lay. path: model.pt. Returns a JSON-able dict."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    config = {name: Path(value).name if name in ("data", "teacher", "start") else value for name, value in saved["config"].items()}
    return {"config": config, "seconds": round(saved["seconds"]), "steps": saved["steps"], "photos": saved["photos"],
            "sources": saved.get("sources", {}), "device": saved["device"]}


def load_released(path=RELEASED):
    """The network of a released ONNX file, ready to train on. Returns AttributeNet in evaluation mode, float32."""
    model = onnx.load(path)
    words = json.loads(next(prop.value for prop in model.metadata_props if prop.key == "attributes"))
    net = AttributeNet(words)
    stored = {one.name: torch.from_numpy(numpy_helper.to_array(one).astype(np.float32)) for one in model.graph.initializer}
    state = {name: stored.get(name, now) for name, now in net.state_dict().items()}     # num_batches_tracked alone is not stored
    net.load_state_dict(state)
    return net.eval()


def main():
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="model.pt of a training run")
    parser.add_argument("--height", type=int, help="pixels a photo is framed into; default: the training's")
    parser.add_argument("--width", type=int)
    parser.add_argument("--out", type=Path, default=RELEASED)
    given = parser.parse_args()
    print(f"{given.out}: {export(given.model, given.out, given.height, given.width) / 1e6:.1f} MB")
    if given.out == RELEASED:
        runs = {"released": given.model, "teacher": Path(torch.load(given.model, map_location="cpu", weights_only=True)["config"]["teacher"])}
        for name, path in runs.items():
            if path.name == "model.pt":
                (RESULTS / f"{name}_run.json").write_text(json.dumps(facts(path), indent=1) + "\n", encoding="utf-8")
                shutil.copyfile(path.with_name("curve.csv"), RESULTS / f"{name}_curve.csv")


if __name__ == "__main__":
    main()
