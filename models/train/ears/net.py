"""The hearing network: sound in, letters out. Convolutions only, so that any length costs in proportion to its length."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

#: Class 0 is the blank of CTC, then come the space, the letters of pinyin, and the sounds of English (`sounds.py`).
SYMBOLS = "_ abcdefghijklmnopqrstuvwxyz" + "A&^O%IE31!2056UBCD+FGHJKLMN9PRS$T#VWYZ~"
RATE, WINDOW, SPECTRUM, HOP, BANDS = 16000, 400, 512, 160, 64
EMPHASIS = 0.97
#: Power below this part of the mean is not told from silence.
FLOOR = 1e-4


def mel_bands(bands=BANDS, low=60.0, high=7600.0, bend=None):
    """Triangles of equal area over the spectrum, [bands, bins]. `bend` tells for each frequency where it is looked for."""
    to_hz = lambda mel: 700 * (10 ** (mel / 2595) - 1)
    to_mel = lambda hz: 2595 * math.log10(1 + hz / 700)
    edges = to_hz(torch.linspace(to_mel(low), to_mel(high), bands + 2, dtype=torch.float64))
    if bend is not None:
        edges = bend(edges)
    hz = torch.arange(SPECTRUM // 2 + 1, dtype=torch.float64) * RATE / SPECTRUM
    left, middle, right = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    up, down = (hz - left) / (middle - left), (right - hz) / (right - middle)
    triangles = torch.clamp(torch.minimum(up, down), min=0)
    # Low bands may lie between two bins.
    nearest = torch.nn.functional.one_hot((middle[:, 0] * SPECTRUM / RATE).round().long(), hz.numel())
    triangles = torch.where(triangles.sum(1, keepdim=True) < 1e-2, nearest.double(), triangles) if bend is not None else triangles
    return (triangles / torch.clamp(triangles.sum(1, keepdim=True), min=1e-3)).float()


def power_fft(sound, mel):
    """[batch, samples] to mel power [batch, bands, frames] by FFT, for training; equal to `Front` up to rounding. `mel` is one
    matrix, or one for each sound."""
    sound = sound[:, 1:] - EMPHASIS * sound[:, :-1]
    frames = sound.unfold(1, WINDOW, HOP) * torch.hann_window(WINDOW, periodic=False)
    spectrum = torch.fft.rfft(frames, SPECTRUM)
    power = spectrum.real**2 + spectrum.imag**2
    return torch.matmul(mel, power.transpose(1, 2))


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
    """Looks along time, then across channels; where `whole`, also at the mean of the whole utterance."""

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
    """Mel power [batch, bands, frames] to logits [batch, frames / 2, symbols]; 20 ms a step. Between the first and the last
    blocks a step is 40 ms: a word is long, and half the steps cost half the time."""

    def __init__(self, channels=192, fine=(1, 1), coarse=(1, 1, 2, 2, 4, 1, 2, 1, 4, 1), after=(1, 1)):
        super().__init__()
        self.enter = nn.Conv2d(BANDS, channels, (1, 7), stride=(1, 2), padding=(0, 3), bias=False)
        self.enter_norm = nn.BatchNorm2d(channels)
        self.fine = nn.ModuleList(Block(channels, d, False) for d in fine)
        self.down = nn.Conv2d(channels, channels, (1, 4), stride=(1, 2), padding=(0, 2), bias=False)
        self.down_norm = nn.BatchNorm2d(channels)
        self.coarse = nn.ModuleList(Block(channels, d, i % 2 == 1) for i, d in enumerate(coarse))
        self.after = nn.ModuleList(Block(channels, d, i == 0) for i, d in enumerate(after))
        self.drop = nn.Dropout2d(0.1)
        self.leave = nn.Conv2d(channels, len(SYMBOLS), 1)

    def forward(self, features):
        x = F.relu(self.enter_norm(self.enter(features[:, :, None])))
        for block in self.fine:
            x = block(x)
        y = F.relu(self.down_norm(self.down(x)))
        for block in self.coarse:
            y = block(y)
        # One step of 40 ms more than needed, so that there are enough whatever the length.
        y = F.interpolate(y, scale_factor=(1.0, 2.0), mode="nearest")[:, :, :, 1 : x.shape[3] + 1]
        x = x + y
        for block in self.after:
            x = block(x)
        return self.leave(self.drop(x))[:, :, 0].transpose(1, 2)


class Whole(nn.Module):
    """What is exported: samples in -1..1 to log probabilities."""

    def __init__(self, ears):
        super().__init__()
        self.front, self.ears = Front(), ears

    def forward(self, sound):
        return torch.log_softmax(self.ears(normalise(self.front(sound))), -1)
