"""Crops in other colours, for learning kinds without learning which colours they usually have."""

import numpy as np

from vocabulary import PALETTE, UNSEEN

NO_COLOR = -1
_GREY = np.full((3, 3), 1 / 3, np.float32)


def turn(angle):
    """Rotation about the grey axis: hues move round, greys stay."""
    c, s = np.cos(angle), np.sin(angle)
    a, b = c + (1 - c) / 3, np.sqrt(1 / 3) * s
    k = (1 - c) / 3
    return np.array([[a, k - b, k + b], [k + b, a, k - b], [k - b, k + b, a]], np.float32)


def looks_like(x, mask, color):
    """Might the thing's mean be called that colour? Lightness counts half, since shade changes it; in doubt, yes."""
    inside = mask.astype(np.float32)[..., None]
    mean = (x[::2, ::2] * inside).sum((0, 1)) / max(1.0, float(inside.sum()))
    parts = lambda rgb: np.concatenate([rgb - rgb.mean(-1, keepdims=True), 0.5 * rgb.mean(-1, keepdims=True)], -1)
    distances = np.linalg.norm(parts(PALETTE) - parts(mean), axis=-1)
    return bool(distances[color] < 1.5 * distances.min() + 0.05)


def recolored(x, mask, kind, color, rng):
    """The crop with its hues turned, mixed with grey or lit oddly, and no colour to name; as it was where a held-out pair would show."""
    strength = rng.uniform(0, 1.3) if rng.random() < 0.75 else 0.0
    matrix = turn(rng.uniform(0, 2 * np.pi)) @ (strength * np.eye(3, dtype=np.float32) + (1 - strength) * _GREY)
    gain = rng.uniform(0.6, 1.35) * rng.uniform(0.8, 1.2, 3)
    y = np.clip((x @ matrix.T.astype(np.float32)) * gain.astype(np.float32), 0, 1)
    if rng.random() < 0.15:
        y = 1 - y
    if kind in UNSEEN and looks_like(y, mask, UNSEEN[kind]):
        return x, color
    return y, NO_COLOR
