"""Trains the stop spotter on the same speech, and writes its weights and what it must answer to a known sound."""

import argparse
import json
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from net import RATE
from rooms import colour, faster, no_speech, noise_bank, place, with_noise
from shards import Shards
from stop_net import BANDS, CHANNELS, DILATIONS, WORDS, StopNet, features

LENGTH = int(2.4 * RATE)
FRAMES = 236


def words_of(row):
    return [float("stop" in row["spell"].split()), float("停" in row["text"])]


def windows(shards, rng, bank, index, stop):
    """One sound of 2.4 s. A long sentence without the word is cut anywhere; one with it must be whole."""
    sound = shards.sound(index)
    if rng.random() < 0.85:
        sound = faster(rng, sound, 0.78, 1.28)
    if stop and len(sound) > LENGTH - 1000:
        return None
    if len(sound) > LENGTH:
        start = int(rng.integers(0, len(sound) - LENGTH + 1))
        sound = sound[start : start + LENGTH]
    if rng.random() < 0.5:
        sound = colour(rng, sound)
    return place(rng, sound, LENGTH, bank)


def prepare(shards, rng, count, bank):
    """`count` windows, two fifths of them with one of the words; features as float16."""
    stops = [i for i, row in enumerate(shards.rows) if max(words_of(row)) > 0]
    # Synthesisers with few speakers have to count as much as the one with many.
    stops += [i for i in stops if shards.rows[i]["voice"].startswith(("flite", "festival"))] * 2
    others = [i for i, row in enumerate(shards.rows) if max(words_of(row)) == 0]
    sounds, labels = [], []
    while len(sounds) < count:
        stop = len(sounds) % 5 < 2
        index = int(rng.choice(stops if stop else others))
        draw = rng.random()
        heard = np.clip(no_speech(rng, bank, LENGTH), -1, 1) if not stop and draw < 0.08 else windows(shards, rng, bank, index, stop)
        if heard is None:
            continue
        sounds.append(features(heard.astype(np.float32))[:, :FRAMES].half())
        labels.append(words_of(shards.rows[index]))
    return torch.stack(sounds), torch.tensor(labels)


def pooled_loss(logits, labels):
    """A word is somewhere (its three surest steps), or nowhere (its eight surest)."""
    top = logits.topk(8, dim=2).values
    there = F.softplus(-top[:, :, :3]).mean(2)
    absent = F.softplus(top).mean(2)
    return (labels * there + (1 - labels) * absent * 1.5).mean()


def peaks(net, shards, seed, count):
    """Highest logits of each utterance at 20 dB, with its seconds and labels."""
    rng, found = np.random.default_rng(seed), []
    with torch.no_grad():
        for i in range(min(count, len(shards))):
            sound = with_noise(rng, shards.sound(i), 20)
            logits = net(features(sound / max(1e-3, np.abs(sound).max()) * 0.5)[None])[0]
            found.append((logits.max(1).values.numpy(), len(sound) / RATE, words_of(shards.rows[i])))
    return found


def judge(net, folder, bias, count=400):
    """Share of the words spotted, by voices never heard, and alarms in minutes of other speech, when `bias` is the logit to pass."""
    figures = {}
    for name in ("espeak", "flite", "festival", "mandarin"):
        found = peaks(net, Shards(folder, f"test-stops-{name}"), 3, count)
        hits = [peak.max() > bias for peak, _, _ in found]
        figures[f"spotted-{name}"] = {"spotted": round(float(np.mean(hits)), 4), "of": len(hits)}
    alarms, seconds = 0, 0.0
    for group in ("unseen-*", "seen-*", "templates-*"):
        for peak, length, labels in peaks(net, Shards(folder, f"test-{group}"), 4, 100_000):
            if max(labels) > 0:
                continue
            alarms, seconds = alarms + int(peak.max() > bias), seconds + length
    figures["otherSpeech"] = {"alarms": alarms, "minutes": round(seconds / 60, 1), "alarmsIn10Minutes": round(alarms / seconds * 600, 3)}
    return figures


def threshold_of(net, shards):
    """The logit that other speech passes about once in ten minutes, on voices trained on."""
    rows = [i for i, row in enumerate(shards.rows) if row["length"] < LENGTH]
    chosen = [i for i in rows if max(words_of(shards.rows[i])) > 0][:500] + [i for i in range(0, len(shards), max(1, len(shards) // 900))]
    rng, words, others = np.random.default_rng(11), [], []
    with torch.no_grad():
        for i in chosen:
            sound = with_noise(rng, shards.sound(i), 15)
            peak = float(net(features(sound / max(1e-3, np.abs(sound).max()) * 0.5)[None])[0].max())
            (words if max(words_of(shards.rows[i])) > 0 else others).append(peak)
    threshold = float(np.quantile(others, 0.993))
    print(f"other speech reaches {threshold:.2f}; {np.mean(np.array(words) > threshold):.3f} of the words pass it", flush=True)
    return round(threshold, 2)


def write(net, path, threshold, about, figures):
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
        json.dump({**shape, "threshold": threshold, "parameters": int(blob.size), "figures": figures, "known": known}, file)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True, help="folder of stop.bin")
    p.add_argument("--about", required=True, help="file for shape, threshold and figures")
    p.add_argument("--windows", type=int, default=9000)
    p.add_argument("--steps", type=int, default=3000)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    os.makedirs(a.out, exist_ok=True)
    rng = np.random.default_rng(a.seed)
    bank = noise_bank(np.random.default_rng([a.seed, 0]), 12)
    shards = Shards(a.data, "train-*")
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
        batch = sounds[rows].float()
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
    bias = threshold_of(net, shards)
    figures = judge(net, a.data, bias)
    print(bias, json.dumps(figures), flush=True)
    write(net, a.out, bias, a.about, figures)
    sys.stderr.write(f"{a.out}/stop.bin: {os.path.getsize(a.out + '/stop.bin')} bytes\n")


if __name__ == "__main__":
    main()
