"""Checkpoints to ONNX (opset 17), weights as float16.

`python3 export.py --detector .data/eyes/depth.pt --look .data/eyes/look.pt --data .data/eyes/train
--training .data/eyes/training.json --out models/eyes`
"""

import argparse
import json
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from data import Dataset, GH, GW, HEIGHT, INFO, LOOK, WIDTH
from nets import Detector, Look


def shrink(path):
    """Weights as float16 with a Cast in front of their use: half the size, the arithmetic stays float32."""
    model = onnx.load(path)
    graph = model.graph
    kept, casts = [], []
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or array.size < 512:
            kept.append(tensor)
            continue
        kept.append(numpy_helper.from_array(array.astype(np.float16), tensor.name + "_f16"))
        casts.append(helper.make_node("Cast", [tensor.name + "_f16"], [tensor.name], to=TensorProto.FLOAT))
    nodes = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(casts + nodes)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def averaged(Net, checkpoint):
    saved = torch.load(checkpoint, map_location="cpu")
    net = Net()
    net.load_state_dict(saved["ema"])
    return net.eval(), saved["step"]


def write(net, path, inputs, names, outputs):
    axes = {name: {0: "batch"} for name in [*names, *outputs]}
    torch.onnx.export(
        net, inputs, path + ".new", input_names=names, output_names=outputs, dynamic_axes=axes, opset_version=17
    )
    shrink(path + ".new")
    os.replace(path + ".new", path)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--detector")
    p.add_argument("--trunk", help="the checkpoint that --detector started from, to count its steps")
    p.add_argument("--look")
    p.add_argument("--look-start", help="the checkpoint that --look started from, to count its steps")
    p.add_argument("--data", required=True, help="the training split, to count")
    p.add_argument("--training", required=True, help="where to note steps and pictures for the card")
    p.add_argument("--out", required=True)
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    training = {"pictures": Dataset(a.data).pictures}
    if a.detector:
        net, step = averaged(Detector, a.detector)
        training["depth"] = {"steps": step, "seen": step * 16}
        path = os.path.join(a.out, "detector.onnx")
        write(net, path, (torch.rand(2, 3, HEIGHT, WIDTH), torch.rand(2, 4, GH, GW)), ["image", "rays"], ["center", "box", "depth"])
        print(f"{path}: {step} steps of depth, {os.path.getsize(path)} bytes")
    if a.trunk:
        step = torch.load(a.trunk, map_location="cpu")["step"]
        training["detector"] = {"steps": step, "seen": step * 16}
    if a.look:
        net, step = averaged(Look, a.look)
        before = torch.load(a.look_start, map_location="cpu")["step"] if a.look_start else 0
        training["look"] = {"steps": before + step, "seen": (before + step) * 64}
        path = os.path.join(a.out, "look.onnx")
        write(net, path, (torch.rand(2, 3, LOOK, LOOK), torch.rand(2, INFO)), ["crops", "info"], ["kind", "color", "state", "real", "mask"])
        print(f"{path}: step {step}, {os.path.getsize(path)} bytes")
    with open(a.training, "w") as f:
        json.dump(training, f)


if __name__ == "__main__":
    main()
