"""Rooms, noises, microphones: what happens to a voice before it is heard. All random numbers come from the caller."""

import numpy as np
import torch

RATE = 16000


def noise_bank(rng, count=24, length=1 << 18):
    """White to brown noise of unit power."""
    bank = []
    for i in range(count):
        noise = rng.standard_normal(length).astype(np.float32)
        if i % 3:
            spectrum = np.fft.rfft(noise)
            spectrum /= np.maximum(1, np.arange(len(spectrum))) ** rng.uniform(0.1, 0.7)
            noise = np.fft.irfft(spectrum).astype(np.float32)
        bank.append(noise / noise.std())
    return bank


def chords(rng, length):
    """Something like music: chords of decaying tones with overtones."""
    out = np.zeros(length, np.float32)
    at = 0
    while at < length:
        span = int(rng.uniform(0.15, 0.9) * RATE)
        t = np.arange(min(span * 2, length - at)) / RATE
        for _ in range(rng.integers(1, 5)):
            tone = 110 * 2 ** (rng.integers(0, 40) / 12)
            for overtone in range(1, rng.integers(2, 6)):
                wave = np.sin(2 * np.pi * tone * overtone * t + rng.uniform(0, 6.28)) / overtone**1.3
                out[at : at + len(t)] += (wave * np.exp(-t * rng.uniform(0.5, 5))).astype(np.float32)
        at += span
    return out / (out.std() + 1e-6)


def no_speech(rng, bank, length):
    """Silence, hum, noise, clicks or music; none of it is to give words."""
    kind = rng.integers(0, 6)
    if kind == 0:
        return rng.standard_normal(length).astype(np.float32) * 10 ** rng.uniform(-6, -3)
    if kind == 1:
        return chords(rng, length) * 0.1
    if kind == 2:
        t = np.arange(length) / RATE
        hum = sum(np.sin(2 * np.pi * rng.uniform(45, 2500) * t) for _ in range(rng.integers(1, 4)))
        return (hum * 0.05).astype(np.float32)
    if kind == 3:
        clicks = np.zeros(length, np.float32)
        for at in rng.integers(0, max(1, length - 800), rng.integers(1, 8)):
            burst = rng.standard_normal(800) * np.exp(-np.arange(800) / rng.uniform(10, 200))
            clicks[at : at + 800] += (burst * rng.uniform(0.05, 0.6)).astype(np.float32)[: length - at]
        return clicks + rng.standard_normal(length).astype(np.float32) * 1e-3
    noise = bank[rng.integers(len(bank))]
    start = rng.integers(0, len(noise) - 1)
    out = np.resize(np.roll(noise, -start)[: min(length, len(noise))], length) * 10 ** rng.uniform(-3, -0.5)
    if kind == 5:  # in gusts
        out = out * np.interp(np.arange(length), np.linspace(0, length, 12), rng.uniform(0, 1, 12) ** 2)
    return out.astype(np.float32)


def colour(rng, sound, decibels=5.0):
    """A room's echo, a microphone's unevenness, now and then a telephone's band; one pass through the spectrum."""
    size = 1 << int(np.ceil(np.log2(len(sound) + 4000)))
    spectrum = torch.fft.rfft(torch.from_numpy(sound), size)
    bins = size // 2 + 1
    if rng.random() < 0.7:
        count = int(RATE * rng.uniform(0.04, 0.25))
        echo = rng.standard_normal(count).astype(np.float32) * np.exp(-np.arange(count, dtype=np.float32) * 6.9 / count)
        echo *= rng.uniform(0.1, 0.6) / np.sqrt((echo * echo).sum())
        echo[0] = 1
        spectrum = spectrum * torch.fft.rfft(torch.from_numpy(echo), size)
    decibel = np.interp(np.linspace(0, 9, bins), np.arange(10), rng.uniform(-decibels, decibels, 10)).astype(np.float32)
    if rng.random() < 0.2:
        cut = rng.uniform(3300, 4300) / 8000 * bins
        decibel -= np.clip((np.arange(bins) - cut) / bins * 400, 0, 60).astype(np.float32)
    return torch.fft.irfft(spectrum * torch.from_numpy(10 ** (decibel / 20)), size)[: len(sound)].numpy()


def faster(rng, sound, low=0.87, high=1.16):
    """Tape speed: tempo, pitch and size of the speaker together."""
    rate = rng.uniform(low, high)
    count = int(len(sound) / rate)
    return np.interp(np.linspace(0, len(sound) - 1, count), np.arange(len(sound)), sound).astype(np.float32)


def place(rng, sound, length, bank, other=None):
    """A voice somewhere in `length` samples, with noise at 7 to 35 dB, gain and clipping."""
    out = np.zeros(length, np.float32)
    start = int(rng.integers(0, max(1, min(8000, length - len(sound)))))
    out[start : start + len(sound)] = sound[: length - start]
    power = float((sound * sound).mean()) + 1e-9
    draw = rng.random()
    if draw < 0.85:
        if draw < 0.1 and other is not None:
            noise, decibel = np.resize(other, length), rng.uniform(10, 30)
        elif draw < 0.17:
            noise, decibel = chords(rng, length), rng.uniform(8, 30)
        else:
            noise = bank[rng.integers(len(bank))]
            at = int(rng.integers(0, len(noise) - min(length, len(noise)) + 1))
            noise, decibel = np.resize(noise[at : at + length], length), rng.uniform(7, 35)
        out += noise * np.float32(np.sqrt(power / (float((noise * noise).mean()) + 1e-9)) * 10 ** (-decibel / 20))
    else:
        out += rng.standard_normal(length).astype(np.float32) * 1e-4
    out *= np.float32(10 ** rng.uniform(-1.3, 0.2) / (np.abs(out).max() + 1e-6))
    if rng.random() < 0.08:
        out *= rng.uniform(1.5, 5)
    return np.clip(out, -1, 1)


def with_noise(rng, sound, decibel):
    """White noise at this distance from the sound's power, in 0.2 s of lead and 0.3 s of tail: for held-out figures."""
    padded = np.pad(sound, (3200, 4800))
    power = float((sound * sound).mean())
    return (padded + rng.standard_normal(len(padded)) * np.sqrt(power) * 10 ** (-decibel / 20)).astype(np.float32)
