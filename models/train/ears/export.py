"""Writes the averaged weights of a checkpoint as ONNX (float16 weights), and what its card needs to know about it."""

import argparse
import json
import os
import sys

import numpy as np
import onnx
import torch
from net import BANDS, SYMBOLS, Ears, Whole
from onnx import TensorProto, helper, numpy_helper


def shrink(path):
    """Weights as float16 with a Cast in front of their use: half the size, the arithmetic stays float32. The Fourier
    transform's waves stay as they are: they are used to the last digit."""
    model = onnx.load(path)
    graph = model.graph
    kept, casts = [], []
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or array.size < 512 or "front" in tensor.name:
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
    p.add_argument("--training", required=True, help="where to note steps, utterances and symbols for the card")
    p.add_argument("--before", nargs=2, type=int, default=(0, 0), metavar=("STEPS", "HEARD"), help="what the weights of onward.py had behind them")
    p.add_argument("--out", required=True)
    a = p.parse_args()
    torch.set_num_threads(1)
    os.makedirs(a.out, exist_ok=True)
    saved = torch.load(a.checkpoint, map_location="cpu")
    ears = Ears()
    ears.load_state_dict(saved["average"])
    path = os.path.join(a.out, "ears.onnx")
    torch.onnx.export(
        Whole(ears).eval(), torch.randn(1, 24000) * 0.1, path + ".new", input_names=["sound"], output_names=["letters"],
        dynamic_axes={"sound": {1: "samples"}, "letters": {1: "steps"}}, opset_version=17,
    )  # fmt: skip
    shrink(path + ".new")
    os.replace(path + ".new", path)
    with open(a.training, "w") as f:
        about = {"steps": a.before[0] + saved["step"], "heard": a.before[1] + saved["heard"], "utterances": saved["utterances"]}
        json.dump({**about, "parameters": sum(v.numel() for v in ears.parameters()), "symbols": list(SYMBOLS), "bands": BANDS}, f)
    sys.stderr.write(f"{path}: step {saved['step']}, {os.path.getsize(path)} bytes\n")


if __name__ == "__main__":
    main()
