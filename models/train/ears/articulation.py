"""How else the same sounds may be said, drawn anew each time on what the network sees of a voice: mel power and its logarithm,
[batch, bands, frames] of 10 ms."""

import numpy as np
import torch


def _some(rng, count, share):
    """Which of so many are changed."""
    return (i for i in range(count) if rng.random() < share)


def joined(rng, power, other, share=0.5):
    """Pieces of 60 to 250 ms by turns as two heads would say them: sounds that were cut out of different words and joined, as
    diphones are."""
    _, _, frames = power.shape
    for i in _some(rng, len(power), share):
        at = int(rng.integers(0, 20))
        while at < frames:
            end = at + int(rng.integers(6, 25))
            power[i, :, at:end] = other[i, :, at:end]
            at = end + int(rng.integers(6, 25))
    return power


def hurried(rng, power, share=0.5, spread=0.22):
    """Some sounds longer and some shorter, the whole as long as before."""
    _, _, frames = power.shape
    for i in _some(rng, len(power), share):
        knots = np.arange(0, frames + 15, int(rng.integers(9, 18)))
        speed = np.exp(np.interp(np.arange(frames), knots, rng.normal(0, spread, len(knots))))
        at = np.cumsum(speed)
        at = (at - at[0]) / max(1e-6, at[-1] - at[0]) * (frames - 1)
        before = np.minimum(at.astype(int), frames - 2)
        part = torch.from_numpy((at - before).astype(np.float32))
        own = power[i]
        power[i] = own[:, before] * (1 - part) + own[:, before + 1] * part
    return power


def uneven(rng, power, share=0.6, decibels=2.5):
    """Some sounds stronger and some weaker, darker or brighter: a field that wanders over time and pitch."""
    _, bands, frames = power.shape
    for i in _some(rng, len(power), share):
        step, deep = int(rng.integers(5, 14)), rng.uniform(0.3, 1) * decibels
        knots = np.arange(0, frames + step, step)
        field = rng.normal(0, deep, (len(knots), 6)) + rng.normal(0, deep, (len(knots), 1))
        over_bands = _between(np.linspace(0, 5, bands), 6)
        over_time = _between(np.minimum(np.arange(frames) / step, len(knots) - 1), len(knots))
        power[i] *= torch.from_numpy(10 ** ((over_time @ field @ over_bands.T).T / 10)).float()
    return power


def _between(at, count):
    """Weights of linear interpolation between `count` knots: [len(at), count]."""
    before = np.minimum(at.astype(int), count - 2)
    weights = np.zeros((len(at), count))
    weights[np.arange(len(at)), before] = 1 - (at - before)
    weights[np.arange(len(at)), before + 1] = at - before
    return weights


def hide(rng, features):
    """SpecAugment: a band of pitch and two moments are blanked."""
    for one in features:
        bands, start = rng.integers(0, 12), rng.integers(0, features.shape[1] - 12)
        one[start : start + bands] = one.mean()
        for _ in range(2):
            span = rng.integers(0, 12)
            at = rng.integers(0, max(1, features.shape[2] - span))
            one[:, at : at + span] = one.mean()
    return features
