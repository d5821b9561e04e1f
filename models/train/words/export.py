"""Writes the averaged weights of a words checkpoint as ONNX, and what its card needs to know about it."""

import argparse
import json
import os
import sys

import numpy as np
import onnx
import torch
from net import LONGEST, Words
from onnx import TensorProto, helper, numpy_helper


class Plain(torch.nn.Module):
    """One sentence without padding."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, characters):
        return self.net(characters)


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


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--checkpoint", required=True)
    p.add_argument("--training", required=True, help="where to note steps, sentences and characters for the card")
    p.add_argument("--out", required=True)
    a = p.parse_args()
    torch.set_num_threads(1)
    os.makedirs(a.out, exist_ok=True)
    saved = torch.load(a.checkpoint, map_location="cpu")
    net = Words(saved["shape"])
    net.load_state_dict(saved["average"])
    net.eval()
    # Only the places that a reader can ask for travel with the weights.
    net.place = net.place[:LONGEST].clone()
    path = os.path.join(a.out, "words.onnx")
    names = ["piece", "role", "start", "readable"]
    axes = {"characters": {1: "length"}, **{name: {1: "length"} for name in names[:3]}}
    torch.onnx.export(
        Plain(net), torch.randint(1, 60, (1, 23)), path + ".new", input_names=["characters"], output_names=names,
        dynamic_axes=axes, opset_version=17,
    )  # fmt: skip
    shrink(path + ".new")
    os.replace(path + ".new", path)
    parameters = sum(v.numel() for v in net.parameters())
    with open(a.training, "w") as f:
        json.dump({"steps": saved["step"], "sentences": saved["shape"]["rows"], "parameters": parameters, "characters": saved["characters"]}, f)
    sys.stderr.write(f"{path}: step {saved['step']}, {os.path.getsize(path)} bytes\n")


if __name__ == "__main__":
    main()
