"""Trains the network of sentences on the texts of the training split, and writes it as ONNX (float16 weights)."""

import argparse
import json
import math
import os
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from export import shrink
from sentence_net import NOTHING, Judge, Sentences

LONGEST, BATCH, PEAK = 40, 128, 3e-3


def read(data, name, known):
    """Sentences of one list as tokens; those with a word that has none, and words in any order, say nothing here."""
    sentences = []
    with open(os.path.join(data, f"texts-{name}.jsonl")) as lines:
        for text in map(json.loads, lines):
            words = [known.get((text["language"], word)) for word in text["spell"].split()]
            if text["kind"] != "salad" and None not in words and len(words) <= LONGEST:
                sentences.append((text["language"], words))
    return sentences


def rows(sentences, end):
    """[sentences, length] with `end` behind each, filled up."""
    length = max(len(words) for _, words in sentences) + 1
    return torch.tensor([[*words, end] + [NOTHING] * (length - 1 - len(words)) for _, words in sentences])


def surprise(net, sentences):
    """Perplexity: e to the mean of minus the logarithm of each token's probability, ends among them."""
    judge, total, count = Judge(net).eval(), 0.0, 0
    with torch.no_grad():
        for at in range(0, len(sentences), 256):
            words = rows(sentences[at : at + 256], net.end)
            total, count = total - judge(words).sum().item(), count + int((words >= 0).sum())
    net.train()
    return math.exp(total / max(1, count))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--language", required=True, help="language.json, whose tokens are used")
    p.add_argument("--checkpoint", required=True, help="also what to resume from")
    p.add_argument("--passes", type=int, default=6)
    p.add_argument("--out", required=True)
    p.add_argument("--figures", required=True, help="where to note what its card needs to know")
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    with open(a.language) as file:
        language = json.load(file)
    words = [("en", word) for word in language["english"]] + [("zh", syllable) for syllable in language["syllables"]]
    known = {word: i for i, word in enumerate(words)}
    train, calibration, templates = (read(a.data, name, known) for name in ("train", "calibration", "templates"))
    net = Sentences(len(words))
    optimiser = torch.optim.AdamW(net.parameters(), lr=PEAK, weight_decay=1e-2)
    passes = 0
    if os.path.exists(a.checkpoint):
        saved = torch.load(a.checkpoint)
        net.load_state_dict(saved["net"])
        optimiser.load_state_dict(saved["optimiser"])
        passes = saved["passes"]
    each = math.ceil(len(train) / BATCH)
    began = time.monotonic()
    while passes < a.passes:
        rng = np.random.default_rng([1, passes])
        # Sentences of like length together.
        order = np.argsort([len(words) + rng.random() for _, words in train], kind="stable")
        for number, batch in enumerate(rng.permutation(each)):
            step = passes * each + number
            for settings in optimiser.param_groups:
                settings["lr"] = PEAK * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * step / (a.passes * each))) + 1e-5
            said = rows([train[i] for i in order[batch * BATCH : (batch + 1) * BATCH]], net.end)
            before = F.pad(torch.clamp(said[:, :-1], min=0), (1, 0), value=net.end)
            loss = F.cross_entropy(net(before).flatten(0, 1), said.flatten(), ignore_index=NOTHING)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            if number % 400 == 0:
                print(f"{(time.monotonic() - began) / 60:.1f} min pass {passes} batch {number} of {each}, loss {loss.item():.3f}", flush=True)
        passes += 1
        torch.save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), "passes": passes}, a.checkpoint)
    figures = {
        name: {language: round(surprise(net, [one for one in some if one[0] == language]), 1) for language in ("en", "zh")}
        for name, some in (("perplexity", calibration), ("perplexityOfUnseenTemplates", templates))
    }
    with open(a.figures, "w") as file:
        json.dump({"sentences": len(train), "passes": passes, "parameters": sum(v.numel() for v in net.parameters()), **figures}, file)
    torch.onnx.export(
        Judge(net).eval(), rows(train[:3], net.end), a.out + ".new", input_names=["words"], output_names=["likelihood"],
        dynamic_axes={"words": {0: "sentences", 1: "length"}, "likelihood": {0: "sentences"}}, opset_version=17,
    )  # fmt: skip
    shrink(a.out + ".new")
    os.replace(a.out + ".new", a.out)
    sys.stderr.write(f"{a.out}: {os.path.getsize(a.out)} bytes, {figures}\n")


if __name__ == "__main__":
    main()
