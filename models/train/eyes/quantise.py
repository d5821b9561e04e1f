"""Convolutions of an exported network in whole numbers: activations of 8 bits, weights of 7, a scale for each output channel.

`--expose` writes the network with everything outside that `ranges.ts` must see; with `--ranges`, what that script found, the
convolutions become QLinearConv (ONNX operator specification, opset 10). Seven bits, since processors without VNNI add two products in
16 bits and would saturate at eight.
"""

import argparse
import json
import os
import shutil

import numpy as np
import onnx
from onnx import helper, numpy_helper

#: What stays as it is: the read-outs, whose values are used as they are, and the path of colours, which needs every shade of grey.
KEPT = ("/tones", "/color", "/center", "/box", "/depth/", "/depth_bins", "/mask")
LEVELS, WEIGHT_LEVELS = 255, 63


class Graph:
    """A network with its weights by name, whether they are stored as float32 or as float16 behind a Cast."""

    def __init__(self, path):
        self.model = onnx.load(path)
        self.graph = self.model.graph
        self.nodes = list(self.graph.node)
        self.stored = {tensor.name: tensor for tensor in self.graph.initializer}
        self.behind = {node.output[0]: node.input[0] for node in self.nodes if node.op_type == "Cast" and node.input[0] in self.stored}

    def weights(self, name):
        return numpy_helper.to_array(self.stored[self.behind.get(name, name)]).astype(np.float32)

    def convolutions(self):
        """Each with the ReLU behind it, where there is one and nobody else reads what comes before it."""
        for node in self.nodes:
            if node.op_type != "Conv" or node.name.startswith(KEPT):
                continue
            readers = [other for other in self.nodes if node.output[0] in other.input]
            yield node, readers[0] if [r.op_type for r in readers] == ["Relu"] else None

    def watched(self):
        """Names of all tensors whose range is needed."""
        return sorted({name for node, relu in self.convolutions() for name in (node.input[0], (relu or node).output[0])})

    def store(self, name, array):
        self.graph.initializer.append(numpy_helper.from_array(array, name))
        return name

    def save(self, nodes, path):
        """What nobody reads is left out."""
        outside, count = {output.name for output in self.graph.output}, -1
        while count != len(nodes):
            count = len(nodes)
            read = {name for node in nodes for name in node.input} | outside
            nodes = [node for node in nodes if any(name in read for name in node.output)]
        kept = [tensor for tensor in self.graph.initializer if tensor.name in {name for node in nodes for name in node.input}]
        del self.graph.node[:], self.graph.initializer[:]
        self.graph.node.extend(nodes)
        self.graph.initializer.extend(kept)
        onnx.checker.check_model(self.model)
        onnx.save(self.model, path + ".new")
        os.replace(path + ".new", path)


def scale_of(low, high):
    """Step and zero of 8 bits that reach from low to high and have a zero that is one."""
    low, high = min(0.0, low), max(1e-6, high)
    step = np.float32((high - low) / LEVELS)
    return step, np.uint8(round(-low / step))


def expose(graph, path):
    known = {output.name for output in graph.graph.output}
    for name in graph.watched():
        if name not in known:
            graph.graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    onnx.save(graph.model, path)


def quantise(graph, ranges, path):
    steps = {}

    def step_of(name):
        if name not in steps:
            step, zero = scale_of(*ranges[name])
            steps[name] = (graph.store(f"{name}_step", step), graph.store(f"{name}_zero", zero), step)
        return steps[name]

    relus, whole, nodes = set(), set(), []
    done = {node.name: relu for node, relu in graph.convolutions()}
    for node in graph.nodes:
        if node.name in relus:
            continue
        if node.name not in done:
            nodes.append(node)
            continue
        relu = done[node.name]
        if relu is not None:
            relus.add(relu.name)
        taken, given = node.input[0], (relu or node).output[0]
        (step_in, zero_in, size_in), (step_out, zero_out, _) = step_of(taken), step_of(given)
        weight, bias = graph.weights(node.input[1]), graph.weights(node.input[2])
        size = np.maximum(np.abs(weight).reshape(len(weight), -1).max(1), 1e-8) / WEIGHT_LEVELS
        own = lambda part, array: graph.store(f"{node.name}_{part}", array)
        if taken not in whole:
            whole.add(taken)
            nodes.append(helper.make_node("QuantizeLinear", [taken, step_in, zero_in], [f"{taken}_whole"], name=f"{taken}_quantise"))
        inputs = [
            f"{taken}_whole", step_in, zero_in,
            own("weight", np.round(weight / size[:, None, None, None]).astype(np.int8)), own("size", size.astype(np.float32)),
            own("middle", np.zeros(len(weight), np.int8)), step_out, zero_out, own("bias", np.round(bias / (size * size_in)).astype(np.int32)),
        ]  # fmt: skip
        settings = {setting.name: helper.get_attribute_value(setting) for setting in node.attribute}
        whole.add(given)
        nodes.append(helper.make_node("QLinearConv", inputs, [f"{given}_whole"], name=f"{node.name}_whole", **settings))
        nodes.append(helper.make_node("DequantizeLinear", [f"{given}_whole", step_out, zero_out], [given], name=f"{given}_float"))
    graph.save(nodes, path)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--network", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--expose", action="store_true")
    p.add_argument("--ranges", help="JSON: for each tensor its least and its greatest value")
    a = p.parse_args()
    graph = Graph(a.network)
    if a.expose:
        return expose(graph, a.out)
    with open(a.ranges) as file:
        ranges = json.load(file).get(os.path.basename(a.network))
    if ranges is None:
        print(f"{a.network} had nothing to look at, so its ranges are not known: it stays in float")
        return shutil.copyfile(a.network, a.out)
    quantise(graph, ranges, a.out)
    print(f"{a.out}: {os.path.getsize(a.out)} bytes")


if __name__ == "__main__":
    main()
