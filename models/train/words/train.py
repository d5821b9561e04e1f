"""Trains the words network: counted steps, cosine schedule, averaged weights, checkpoints to resume from.

The same seed, data, thread count and number format give the same weights on the same class of processor.
"""

import argparse
import json
import os
import time

import numpy as np
import torch
from net import LONGEST, Words, loss

# Scores weigh what a batch costs more evenly than a number of sentences: so many characters a step.
BUDGET = 2000


def load(folder):
    with open(os.path.join(folder, "shape.json")) as f:
        shape = json.load(f)
    rows, length = shape["rows"], shape["length"]

    def read(name, kind):
        return np.memmap(os.path.join(folder, name + ".bin"), dtype=kind, mode="r").reshape(rows, -1)

    arrays = [read("numbers", np.uint16), *(read(name, np.uint8) for name in ("labels", "roles", "starts"))]
    return shape, arrays, read("readable", np.uint8)[:, 0]


def batches(arrays, readable, seed):
    """Sentences of like length together, for ever; every pass in another order."""
    lengths = (arrays[0] > 0).sum(1)
    turn = 0
    while True:
        rng = np.random.default_rng([seed, turn])
        order = np.argsort(lengths + rng.uniform(0, 6, len(lengths)), kind="stable")
        groups, at = [], 0
        while at < len(order):
            size = max(8, BUDGET // max(1, int(lengths[order[at]]) + 6))
            groups.append(order[at : at + size])
            at += size
        rng.shuffle(groups)
        for rows in groups:
            width = int(lengths[rows].max())
            yield [torch.from_numpy(a[rows, :width].astype(np.int64)) for a in arrays] + [torch.from_numpy(readable[rows].astype(np.int64))]
        turn += 1


def rate(step, steps, peak, warmup=200):
    return peak * min(1.0, (step + 1) / warmup) * (0.5 + 0.5 * np.cos(np.pi * step / steps)) + 1e-5


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True, help="checkpoint, also what to resume from")
    p.add_argument("--steps", type=int, required=True)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--peak", type=float, default=2e-3)
    p.add_argument("--every", type=float, default=90, help="seconds between checkpoints")
    p.add_argument("--bf16", action="store_true", help="for processors with avx512_bf16, where it is faster")
    a = p.parse_args()
    torch.set_num_threads(1)  # spinning OpenMP barriers collapse as soon as another process is busy
    torch.manual_seed(a.seed)
    shape, arrays, readable = load(a.data)
    net = Words(shape, shape["characters"])
    optimiser = torch.optim.AdamW(net.parameters(), lr=a.peak, weight_decay=1e-2, betas=(0.9, 0.98), foreach=True)
    average, start = {k: v.clone() for k, v in net.state_dict().items()}, 0
    if os.path.exists(a.out):
        saved = torch.load(a.out)
        net.load_state_dict(saved["net"])
        optimiser.load_state_dict(saved["optimiser"])
        average, start = saved["average"], saved["step"]
    print(f"{sum(v.numel() for v in net.parameters())} parameters, {shape['rows']} sentences, steps {start} to {a.steps}", flush=True)

    def save(step):
        about = {k: v for k, v in shape.items() if k != "characters"}
        state = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average, "step": step}
        torch.save({**state, "shape": about, "characters": shape["characters"]}, a.out + ".new")
        os.replace(a.out + ".new", a.out)

    feed = batches(arrays, readable, a.seed)
    for _ in range(start):
        next(feed)
    began = saved_at = said_at = time.monotonic()
    said, recent = start, []
    net.train()
    for step in range(start, a.steps):
        for group in optimiser.param_groups:
            group["lr"] = rate(step, a.steps, a.peak)
        batch = next(feed)
        offset = int(np.random.default_rng([a.seed, 7, step]).integers(0, LONGEST))
        with torch.autocast("cpu", torch.bfloat16, enabled=a.bf16):
            parts = loss(net, batch, offset)
        optimiser.zero_grad(set_to_none=True)
        sum(parts.values()).backward()
        norm = torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        if torch.isfinite(norm):
            optimiser.step()
        keep = min(0.998, (step + 1) / (step + 10))
        with torch.no_grad():
            for k, v in net.state_dict().items():
                average[k].lerp_(v, 1 - keep)
        recent.append([v.item() for v in parts.values()])
        now = time.monotonic()
        if now - said_at > 20 or step + 1 in (start + 20, a.steps):
            means = {k: round(float(v), 4) for k, v in zip(parts, np.mean(recent, 0))}
            print(f"{(now - began) / 60:.1f} min step {step + 1} of {a.steps}, {(step + 1 - said) / (now - said_at):.2f} steps/s {means}", flush=True)
            said, said_at, recent = step + 1, now, []
        if now - saved_at > a.every:
            save(step + 1)
            saved_at = now
    save(a.steps)


if __name__ == "__main__":
    main()
