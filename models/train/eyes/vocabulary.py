"""The words, colours and held-out combinations of the project, read where TypeScript defines them."""

import os
import re

import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../..")


def _block(path, start, end):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        text = f.read()
    found = re.search(re.escape(start) + r"(.*?)" + re.escape(end), text, re.S)
    if not found:
        raise SystemExit(f"{path} has no '{start} ... {end}' any more: bring models/train/eyes/vocabulary.py up to date.")
    return found[1]


def _words(name):
    return re.findall(r'"(\w+)"', _block("src/domain/vocabulary.ts", f"export const {name} = [", "] as const"))


KINDS, COLORS, STATES = _words("KINDS"), _words("COLORS"), _words("DRAWER_STATES")

_RGB = {
    name: [float(part) for part in parts.split(",")]
    for name, parts in re.findall(r"(\w+): \[([^\]]+)\]", _block("sim/scenes/palette.ts", "export const PALETTE", "};"))
}
# sRGB, 0 to 1, in the order of COLORS.
PALETTE = np.array([_RGB[name] for name in COLORS], np.float32)

# Kind -> colour that it never has in training.
UNSEEN = {
    KINDS.index(kind): COLORS.index(color)
    for kind, color in re.findall(
        r'kind: "(\w+)", color: "(\w+)"', _block("models/train/generator/splits.ts", "export const UNSEEN_COMBINATIONS = [", "] as const")
    )
}
