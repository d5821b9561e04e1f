"""The hearing network: sound in, letters out. Convolutions only, so that any length costs in proportion to its length."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

#: Class 0 is the blank of CTC.
SYMBOLS = "_ abcdefghijklmnopqrstuvwxyz'"
RATE, WINDOW, SPECTRUM, HOP, BANDS = 16000, 400, 512, 160, 64
EMPHASIS = 0.97
#: Power below this part of the mean is not told from silence.
FLOOR = 1e-4


def mel_bands(bands=BANDS, low=60.0, high=7600.0):
    """Triangles of equal area over the spectrum, [bands, bins]."""
    to_hz = lambda mel: 700 * (10 ** (mel / 2595) - 1)
    to_mel = lambda hz: 2595 * math.log10(1 + hz / 700)
    edges = to_hz(torch.linspace(to_mel(low), to_mel(high), bands + 2, dtype=torch.float64))
    hz = torch.arange(SPECTRUM // 2 + 1, dtype=torch.float64) * RATE / SPECTRUM
    left, middle, right = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    up, down = (hz - left) / (middle - left), (right - hz) / (right - middle)
    triangles = torch.clamp(torch.minimum(up, down), min=0)
    return (triangles / torch.clamp(triangles.sum(1, keepdim=True), min=1e-3)).float()


def power_fft(sound, mel):
    """[batch, samples] to mel power [batch, bands, frames] by FFT, for training; equal to `Front` up to rounding."""
    sound = sound[:, 1:] - EMPHASIS * sound[:, :-1]
    frames = sound.unfold(1, WINDOW, HOP) * torch.hann_window(WINDOW, periodic=False)
    spectrum = torch.fft.rfft(frames, SPECTRUM)
    return torch.einsum("btk,mk->bmt", spectrum.real**2 + spectrum.imag**2, mel)


def normalise(power):
    """Loudness of the whole does not matter, and what is 40 dB below its mean is silence."""
    return (torch.log(power / (power.mean((1, 2), keepdim=True) + 1e-7) + FLOOR) + 4) / 3


class Front(nn.Module):
    """The Fourier transform as a convolution: the exported graph takes samples, whoever runs it."""

    def __init__(self):
        super().__init__()
        n, k = torch.arange(WINDOW, dtype=torch.float64), torch.arange(SPECTRUM // 2 + 1, dtype=torch.float64)[:, None]
        angle = 2 * math.pi * k * n / SPECTRUM
        window = torch.hann_window(WINDOW, periodic=False, dtype=torch.float64)
        waves = torch.cat([torch.cos(angle) * window, torch.sin(angle) * window])
        self.register_buffer("waves", waves[:, None].float())
        self.register_buffer("mel", mel_bands()[:, :, None])

    def forward(self, sound):
        sound = sound[:, 1:] - EMPHASIS * sound[:, :-1]
        real, imaginary = F.conv1d(sound[:, None], self.waves, stride=HOP).chunk(2, 1)
        return F.conv1d(real * real + imaginary * imaginary, self.mel)


class Block(nn.Module):
    """Looks along time, then across channels; every third block also looks at the mean of the whole utterance."""

    def __init__(self, channels, dilation, whole):
        super().__init__()
        pad = (0, 2 * dilation)
        self.along = nn.Conv2d(channels, channels, (1, 5), padding=pad, dilation=(1, dilation), bias=False)
        self.along_norm = nn.BatchNorm2d(channels)
        self.across = nn.Conv2d(channels, channels, 1, bias=False)
        self.across_norm = nn.BatchNorm2d(channels)
        self.whole = nn.Sequential(nn.Linear(channels, 48), nn.ReLU(), nn.Linear(48, channels)) if whole else None

    def forward(self, x):
        y = F.relu(self.along_norm(self.along(x)))
        if self.whole is not None:
            y = y * (2 * torch.sigmoid(self.whole(y.mean((2, 3)))))[:, :, None, None]
        return x + F.relu(self.across_norm(self.across(y)))


class Ears(nn.Module):
    """Mel power [batch, bands, frames] to logits [batch, frames / 2, symbols]; 20 ms a step."""

    def __init__(self, channels=192, dilations=(1, 1, 2, 2, 4, 4, 8, 1, 1)):
        super().__init__()
        self.enter = nn.Conv2d(BANDS, channels, (1, 7), stride=(1, 2), padding=(0, 3), bias=False)
        self.enter_norm = nn.BatchNorm2d(channels)
        self.blocks = nn.ModuleList(Block(channels, d, i % 3 == 1) for i, d in enumerate(dilations))
        self.drop = nn.Dropout(0.1)
        self.leave = nn.Conv2d(channels, len(SYMBOLS), 1)

    def forward(self, features):
        x = F.relu(self.enter_norm(self.enter(features[:, :, None])))
        for block in self.blocks:
            x = block(x)
        return self.leave(self.drop(x))[:, :, 0].transpose(1, 2)


class Whole(nn.Module):
    """What is exported: samples in -1..1 to log probabilities."""

    def __init__(self, ears):
        super().__init__()
        self.front, self.ears = Front(), ears

    def forward(self, sound):
        return torch.log_softmax(self.ears(normalise(self.front(sound))), -1)
