"""Photos -> 512-d unit vectors, on CPU through OpenVINO. No PyTorch.

One transform, `fashflix.photo.frame`, serves catalogue build, upload, training and evaluation, so that query and catalogue vectors cannot
drift.
"""

import hashlib
import json
import threading
from pathlib import Path

import numpy as np
import openvino

from fashflix.errors import ModelError
from fashflix.photo import frame
from fashflix.settings import Settings

DIMENSION = 512
BATCH = 32
CALIBRATION = "calibration.json"
OUTPUTS = ("embedding", "attributes")
STAGES = ("backbone.layer1.2", "backbone.layer2.3", "backbone.layer3.5", "backbone.layer4.2")       # outputs of ResNet-50's four stages
LARGEST = 640           # pixels a side


class Embedder:
    """A model file compiled for this CPU. Safe to share between threads.

    Attributes: sha256 (str, of the model file), height and width (pixels of the model's input), attributes (the vocabulary words of
    its second output, in order), thresholds (float (words,), from which on a word is more right than wrong; 0.5 where nobody measured), match
    (dict of the cosines from which a match is "strong" and "fair", or None).
    """

    def __init__(self, model, sha256, precision=None, calibration=None):
        self.height, self.width = (int(metadata(model, f"input_{side}", 0)) for side in ("height", "width"))
        self.sha256 = sha256
        self.attributes = tuple(metadata(model, "attributes", []))
        calibration = calibration or {}
        self.thresholds = np.array([calibration.get("thresholds", {}).get(word, 0.5) for word in self.attributes])
        self.match = calibration.get("match")
        self._model = with_byte_input(model.clone())
        self._config = {"INFERENCE_PRECISION_HINT": precision} if precision else {}
        self._compiled = {}
        self._lock = threading.Lock()

    @classmethod
    def load(cls, path=None, precision=None):
        """Open a model file.

        path: ONNX file made by `python -m training.export`; default: the released one.
        precision: "f32" or "bf16"; default: what OpenVINO finds best on this CPU.
        Raises ModelError when the file is missing, damaged or of another kind.
        """
        model, data = read_model(path)
        sha256 = hashlib.sha256(data).hexdigest()
        return cls(model, sha256, precision, _calibration(Path(path or Settings().model).with_name(CALIBRATION), sha256))

    def embed(self, images):
        """Embed photos. images: list of n PIL RGB images. Returns float32 (n, 512), each row of length 1."""
        return self._run(images)["embedding"]

    def read_attributes(self, images):
        """Probability of each word in `self.attributes`. images: list of n PIL RGB images. Returns float32 (n, words)."""
        return self._run(images)["attributes"]

    def look(self, images):
        """Both of the above in one pass. Returns float32 (n, 512) and float32 (n, words)."""
        found = self._run(images)
        return found["embedding"], found["attributes"]

    def replace_network(self, change):
        """Put another network behind the same outputs, to measure it. change: function of an openvino.Model with byte input to one like it."""
        self._model, self._compiled = change(self._model), {}

    def _run(self, images):
        parts = [self._run_batch(images[start:start + BATCH]) for start in range(0, len(images), BATCH)]
        widths = {"embedding": DIMENSION, "attributes": len(self.attributes)}
        return {name: np.concatenate([part[name] for part in parts]) if parts else np.empty((0, width), np.float32)
                for name, width in widths.items()}

    def stages(self, image, height, width):
        """What each of the network's four stages sees in one photo, framed into height x width pixels (multiples of 32, at most LARGEST).

        Returns dict name -> float32 (1, channels, height / 4, width / 4) to (1, channels, height / 32, width / 32), as the model file names them.
        """
        with self._lock:
            request = self._alone()[1]
            request.infer({"pixels": frame(image, height, width)[None]})
            return {name: request.get_tensor(name).data.copy() for name in STAGES}

    def _run_batch(self, images):
        pixels = np.stack([frame(image, self.height, self.width) for image in images])
        with self._lock:
            if len(pixels) == 1:
                request = self._alone()[0]
            else:
                request, empty = self._together(), np.zeros((BATCH - len(pixels), *pixels.shape[1:]), np.uint8)
            request.infer({"pixels": pixels if len(pixels) == 1 else np.concatenate([pixels, empty])})
            return {name: request.get_tensor(name).data[:len(pixels)].copy() for name in OUTPUTS}

    def _alone(self):
        """Requests for one photo: (to embed it, to see its stages). One network for both sizes, since a second would cost 160 MB."""
        if "alone" not in self._compiled:
            named = {node.get_friendly_name(): node.output(0) for node in self._model.get_ops()}
            for name in STAGES:
                named[name].get_tensor().set_names({name})
            outputs = [self._model.output(name).node.input_value(0) for name in OUTPUTS]
            model = openvino.Model([*outputs, *(named[name] for name in STAGES)], self._model.get_parameters())
            side = openvino.Dimension(32, LARGEST)
            model.reshape({"pixels": [1, side, side, 3]})
            compiled = openvino.Core().compile_model(model, "CPU", {"PERFORMANCE_HINT": "LATENCY", **self._config})
            self._compiled["alone"] = compiled.create_infer_request(), compiled.create_infer_request()
        return self._compiled["alone"]

    def _together(self):
        """Request for BATCH photos. A fixed shape runs faster than an open one."""
        if "together" not in self._compiled:
            model = self._model.clone()
            model.reshape({"pixels": [BATCH, self.height, self.width, 3]})
            compiled = openvino.Core().compile_model(model, "CPU", {"PERFORMANCE_HINT": "THROUGHPUT", **self._config})
            self._compiled["together"] = compiled.create_infer_request()
        return self._compiled["together"]


def _calibration(path, sha256):
    """What `python -m training.evaluate` measured of this very model, as a dict; empty where it did not."""
    try:
        measured = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return measured if measured.get("model_sha256") == sha256 else {}


def read_model(path=None):
    """Read a model file. path: default the released one. Returns (openvino.Model, bytes of the file). Raises ModelError as `Embedder.load`."""
    path = path or Settings().model
    try:
        data = open(path, "rb").read()
    except OSError as error:
        raise ModelError(f"No model at {path}. Restore it with `git checkout -- fashflix/weights`, "
                         "or set FASHFLIX_MODEL to the file you want.") from error
    try:
        model = openvino.Core().read_model(data)
        for name in ("pixels", *OUTPUTS):
            model.input(name) if name == "pixels" else model.output(name)
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"{path} is not a FashFlix model (it is damaged or of another kind). "
                         "Restore it with `git checkout -- fashflix/weights`.") from error
    return model, data


def with_byte_input(model):
    """Let the model take uint8 (n, height, width, 3), as Pillow gives it, instead of float32 (n, 3, height, width)."""
    steps = openvino.preprocess.PrePostProcessor(model)
    steps.input("pixels").tensor().set_element_type(openvino.Type.u8).set_layout(openvino.Layout("NHWC"))
    steps.input("pixels").model().set_layout(openvino.Layout("NCHW"))
    return steps.build()


def metadata(model, key, default):
    """A JSON value from the ONNX file's metadata."""
    path = ["framework", key]
    return json.loads(model.get_rt_info(path).astype(str)) if model.has_rt_info(path) else default
