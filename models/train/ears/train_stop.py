"""Trains the stop spotter on the same speech, and writes its weights and what it must answer to a known sound. The thresholds
are set by `evaluate-stop.ts`, where both looks are together."""

import argparse
import json
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from net import RATE
from rooms import colour, faster, no_speech, noise_bank, place
from shards import Shards
from stop_net import BANDS, CHANNELS, DILATIONS, WORDS, StopNet, features
from train import SIZES, WAYS, bent_mels, group_of, is_rare

LENGTH = int(2.4 * RATE)
FRAMES = 236


def words_of(row):
    return [float("stop" in row["spell"].split()), float("停" in row["text"])]


def window(shards, rng, bank, mels, index, stop):
    """Features of one sound of 2.4 s. A long sentence without the word is cut anywhere; one with it must be whole."""
    sound, rare, tape = shards.sound(index), is_rare(shards.rows[index]), 1.0
    if rng.random() < 0.85:
        tape = rng.uniform(0.78, 1.28)
        sound = faster(rng, sound, tape, tape)
    if stop and len(sound) > LENGTH - 1000:
        return None
    if len(sound) > LENGTH:
        start = int(rng.integers(0, len(sound) - LENGTH + 1))
        sound = sound[start : start + LENGTH]
    if rng.random() < 0.5:
        sound = colour(rng, sound, 8)
    size = np.exp(rng.uniform(np.log(0.82), np.log(1.25)) if rare else rng.uniform(np.log(0.88), np.log(1.14))) / tape
    bent = (int(np.abs(SIZES - size).argmin()), int(rng.integers(WAYS))) if rng.random() < 0.8 else (int(np.abs(SIZES - 1).argmin()), 0)
    return features(place(rng, sound, LENGTH, bank).astype(np.float32), mels[bent])


def prepare(shards, rng, count, bank):
    """`count` windows, two fifths of them with one of the words, a quarter with words nearly so; features as float16. The share
    of a synthesiser does not depend on how many speakers it has; Mandarin has a word of its own to learn."""
    mels = bent_mels(rng, bands=BANDS, low=80.0)
    kinds = {"stop": {}, "near": {}, "other": {}}
    for index, row in enumerate(shards.rows):
        kind = "stop" if max(words_of(row)) > 0 else "near" if row["kind"] == "salad" else "other"
        kinds[kind].setdefault(group_of(row), []).append(index)
    sounds, labels = [], []
    while len(sounds) < count:
        draw = rng.random()
        kind = "stop" if draw < 0.4 else "near" if draw < 0.65 else "other"
        group = ("espeak", "mandarin", "flite", "festival", "accent")[rng.choice(5, p=(0.2, 0.3, 0.22, 0.14, 0.14))]
        index = int(rng.choice(kinds[kind][group]))
        if draw > 0.96:
            heard = features(np.clip(no_speech(rng, bank, LENGTH), -1, 1).astype(np.float32))
        else:
            heard = window(shards, rng, bank, mels, index, kind == "stop")
        if heard is None:
            continue
        sounds.append(heard[:, :FRAMES].half())
        labels.append([0.0, 0.0] if draw > 0.96 else words_of(shards.rows[index]))
        if len(sounds) % 2000 == 0:
            print(f"{len(sounds)} of {count} windows", flush=True)
    return torch.stack(sounds), torch.tensor(labels)


def pooled_loss(logits, labels):
    """A word is somewhere (its three surest steps), or nowhere (its eight surest)."""
    top = logits.topk(8, dim=2).values
    there = F.softplus(-top[:, :, :3]).mean(2)
    absent = F.softplus(top).mean(2)
    return (labels * there + (1 - labels) * absent * 1.5).mean()


def write(net, path, about):
    """float16 weights in a row, and beside them what they are and what they answer to a sound that anyone can make."""
    arrays = [part for pair in net.folded() for part in pair]
    blob = np.concatenate([array.numpy().astype(np.float16).ravel() for array in arrays])
    blob.tofile(os.path.join(path, "stop.bin"))
    t = np.arange(RATE) / RATE
    tone = (0.3 * np.sin(2 * np.pi * (200 + 900 * t) * t) * (0.5 + 0.5 * np.sin(2 * np.pi * 3 * t))).astype(np.float32)
    with torch.no_grad():
        answer = net(features(tone)[None])[0].numpy()
    shape = {"bands": BANDS, "channels": CHANNELS, "dilations": DILATIONS, "words": WORDS}
    known = {"stepsOfWords": answer.shape[1], "logits": [[round(float(v), 3) for v in row[::6]] for row in answer]}
    with open(about, "w") as file:
        json.dump({**shape, "parameters": int(blob.size), "known": known}, file)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True, help="folder of stop.bin")
    p.add_argument("--about", required=True, help="file for its shape and what it answers")
    p.add_argument("--windows", type=int, default=72000)
    p.add_argument("--steps", type=int, default=12000)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    os.makedirs(a.out, exist_ok=True)
    rng = np.random.default_rng(a.seed)
    bank = noise_bank(np.random.default_rng([a.seed, 0]), 12)
    shards = Shards(a.data, "train-*", "words-*", "accents-*")
    prepared = os.path.join(a.data, "stop-windows.pt")
    if os.path.exists(prepared):
        sounds, labels = torch.load(prepared)
    else:
        sounds, labels = prepare(shards, rng, a.windows, bank)
        torch.save((sounds, labels), prepared)
    print(f"{len(sounds)} windows of {len(shards)} utterances, {labels.sum(0).tolist()} with {WORDS}", flush=True)
    net = StopNet()
    optimiser = torch.optim.AdamW(net.parameters(), lr=4e-3, weight_decay=5e-2)
    average, recent = {k: v.clone() for k, v in net.state_dict().items()}, []
    for step in range(a.steps):
        for group in optimiser.param_groups:
            group["lr"] = 4e-3 * min(1, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * step / a.steps)) + 1e-5
        rows = torch.from_numpy(rng.integers(0, len(sounds), 64))
        # The past is not always of one length.
        batch = sounds[rows][:, :, int(rng.integers(0, 40)) :].float()
        # Voices differ most in which bands they fill: two are hidden in every other sound.
        for one in batch[::2]:
            for start in rng.integers(0, BANDS - 4, 2):
                one[start : start + rng.integers(1, 5)] = 0
        loss = pooled_loss(net(batch), labels[rows])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 3.0)
        optimiser.step()
        keep = min(0.997, (step + 1) / (step + 10))
        with torch.no_grad():
            for k, v in net.state_dict().items():
                average[k].lerp_(v, 1 - keep) if v.dtype.is_floating_point else average[k].copy_(v)
        recent.append(loss.item())
        if step % 250 == 249:
            print(f"step {step + 1} of {a.steps}, loss {np.mean(recent[-250:]):.4f}", flush=True)
    net.load_state_dict(average)
    net.eval()
    # As if read back from the file.
    with torch.no_grad():
        for value in net.parameters():
            value.copy_(value.half().float())
    torch.save(net.state_dict(), os.path.join(a.data, "stop.pt"))
    write(net, a.out, a.about)
    sys.stderr.write(f"{a.out}/stop.bin: {os.path.getsize(a.out + '/stop.bin')} bytes\n")


if __name__ == "__main__":
    main()
