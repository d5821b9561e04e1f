"""Makes a start for another training out of weights that were exported: theirs is the first part of the way. Export folds each
normalisation into its convolution; here it is taken out again, by what the sounds to train on look like at each layer."""

import argparse
import os
import sys

import numpy as np
import onnx
import torch
from net import Ears, mel_bands
from onnx import numpy_helper
from rooms import noise_bank
from shards import Shards
from train import bent_mels, hear


def pairs(ears):
    """Each convolution with its normalisation, in the order in which the graph uses them."""
    yield ears.enter, ears.enter_norm
    for name in ("fine", "coarse", "after"):
        if name == "coarse":
            yield ears.down, ears.down_norm
        for block in getattr(ears, name):
            yield block.along, block.along_norm
            yield block.across, block.across_norm


def weights_of(path):
    """Arrays of the graph by name, as float32, and the inputs of its convolutions in their order."""
    graph = onnx.load(path).graph
    arrays = {tensor.name.removesuffix("_f16"): numpy_helper.to_array(tensor).astype(np.float32) for tensor in graph.initializer}
    convolutions = [(node.input[1], node.input[2]) for node in graph.node if node.op_type == "Conv" and len(node.input) == 3]
    return arrays, convolutions


def take(ears, path):
    """Weights of the graph, and the bias that belongs behind each normalisation."""
    arrays, convolutions = weights_of(path)
    biases = {}
    with torch.no_grad():
        for name, value in ears.named_parameters():
            own = f"ears.{name}"
            if own in arrays:
                value.copy_(torch.from_numpy(arrays[own].copy()))
        both = list(pairs(ears))
        folded = [names for names in convolutions if not names[0].startswith("ears.leave")]
        if len(folded) != len(both):
            raise ValueError(f"{path} has {len(folded)} convolutions with a normalisation, expected {len(both)}: it is of another network")
        for (convolution, norm), (weight, bias) in zip(both, folded):
            convolution.weight.copy_(torch.from_numpy(arrays[weight].copy()))
            biases[norm] = torch.from_numpy(arrays[bias].copy())
    return biases


def unfold(ears, biases, features):
    """Sets every normalisation so that it changes nothing but the bias, now that it has seen `features`."""

    def see(norm, inputs):
        x = inputs[0]
        mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(var)
        norm.weight.copy_(torch.sqrt(var + norm.eps))
        norm.bias.copy_(biases[norm] + mean)

    hooks = [norm.register_forward_pre_hook(see) for norm in biases]
    with torch.no_grad():
        ears.eval()(features)
    for hook in hooks:
        hook.remove()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--onnx", default="models/ears/ears.onnx")
    p.add_argument("--out", required=True, help="what train.py takes as --start")
    a = p.parse_args()
    torch.set_num_threads(1)
    shards, rng = Shards(a.data, "train-*", "words-*", "accents-*"), np.random.default_rng(1)
    group = [(int(i), 1.0) for i in rng.choice(len(shards), 96, replace=False)]
    features, _ = hear(shards, group, rng, noise_bank(rng), bent_mels(rng))
    ears = Ears()
    unfold(ears, take(ears, a.onnx), features)
    torch.save(ears.state_dict(), a.out + ".new")
    os.replace(a.out + ".new", a.out)
    sys.stderr.write(f"{a.out}: as {a.onnx}\n")


if __name__ == "__main__":
    main()
