"""The stop spotter: a tiny causal network that hears "stop" and "停" in a stream. Small enough to run without any library,
frame by frame, beside whatever else is running (`src/adapters/ears/stop-spotter.ts` is its twin)."""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from net import EMPHASIS, HOP, RATE, SPECTRUM, WINDOW, mel_bands

BANDS, CHANNELS = 32, 64
DILATIONS = (1, 2, 4, 8, 1, 2, 4, 8)
#: What the tracked loudness loses each frame of 10 ms: half in a second and a half.
DECAY = 0.9954
FLOOR = 1e-3
WORDS = ("stop", "停")
MEL = mel_bands(BANDS, 80.0)


def features(sound, mel=MEL):
    """Samples to [bands, frames]: log mel power against the loudest of the last seconds, so that gain does not matter."""
    sound = torch.from_numpy(np.ascontiguousarray(sound, np.float32))
    sound = sound[1:] - EMPHASIS * sound[:-1]
    frames = sound.unfold(0, WINDOW, HOP) * torch.hann_window(WINDOW, periodic=False)
    spectrum = torch.fft.rfft(frames, SPECTRUM)
    power = (spectrum.real**2 + spectrum.imag**2) @ mel.T
    mean = power.mean(1).numpy()
    loudest, level = np.empty_like(mean), 1e-4
    for i, now in enumerate(mean):
        level = max(now, level * DECAY, 1e-4)
        loudest[i] = level
    return ((torch.log(power / torch.from_numpy(loudest)[:, None] + FLOOR) + 4) / 3).T


class StopNet(nn.Module):
    """[batch, bands, frames] to logits [batch, words, frames / 2]; a frame's answer depends on nothing later."""

    def __init__(self):
        super().__init__()
        self.enter = nn.Conv1d(BANDS, CHANNELS, 5, stride=2, bias=False)
        self.enter_norm = nn.BatchNorm1d(CHANNELS)
        self.along = nn.ModuleList(nn.Conv1d(CHANNELS, CHANNELS, 3, dilation=d, bias=False) for d in DILATIONS)
        self.norms = nn.ModuleList(nn.BatchNorm1d(CHANNELS) for _ in DILATIONS)
        self.drop = nn.Dropout(0.15)
        self.leave = nn.Conv1d(CHANNELS, len(WORDS), 1)

    def forward(self, x):
        x = F.relu(self.enter_norm(self.enter(F.pad(x, (4, 0)))))
        for dilation, along, norm in zip(DILATIONS, self.along, self.norms):
            x = x + F.relu(norm(along(F.pad(x, (2 * dilation, 0)))))
        return self.leave(self.drop(x))

    def folded(self):
        """Weights and biases of each convolution with its normalisation inside, [out, in, width]."""
        for conv, norm in zip([self.enter, *self.along], [self.enter_norm, *self.norms]):
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            yield (conv.weight * scale[:, None, None]).detach(), (norm.bias - norm.running_mean * scale).detach()
        yield self.leave.weight.detach(), self.leave.bias.detach()
