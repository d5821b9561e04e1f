"""The training loop of both networks: counted steps, cosine schedule, averaged weights, checkpoints to resume from.

The same seed, data, thread count and number format give the same weights on the same class of processor.
"""

import argparse
import os
import time

import numpy as np
import torch

from data import Dataset, Feeder, Noise
from nets import Ema


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True, help="folder of shards")
    p.add_argument("--out", required=True, help="checkpoint, also what to resume from")
    p.add_argument("--start", help="checkpoint of another training whose averaged weights to begin with")
    p.add_argument("--steps", type=int, required=True)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--batch", type=int, help="pictures or crops a step")
    p.add_argument("--every", type=float, default=180, help="seconds between checkpoints")
    p.add_argument("--fp32", action="store_true", help="for processors without avx512_bf16")
    return p.parse_args()


def rate(step, steps, peak, warmup=150):
    return peak * min(1.0, (step + 1) / warmup) * (0.5 + 0.5 * np.cos(np.pi * step / steps)) + 1e-5


def train(Net, loss, make_batch, unit, batch, peak):
    a = arguments()
    torch.set_num_threads(1)  # spinning OpenMP barriers collapse as soon as another process is busy
    torch.manual_seed(a.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    size = a.batch or batch
    data = Dataset(a.data)
    net = Net()
    if a.start:
        net.load_state_dict(torch.load(a.start, map_location="cpu")["ema"])
    net = net.to(device, memory_format=torch.channels_last)
    net.bf16 = not a.fp32
    optimiser = torch.optim.AdamW(net.parameters(), lr=peak, weight_decay=1e-2)
    ema, start = Ema(net), 0
    if os.path.exists(a.out):
        saved = torch.load(a.out, map_location=device)
        net.load_state_dict(saved["net"])
        optimiser.load_state_dict(saved["optimiser"])
        ema.state, start = saved["ema"], saved["step"]
        print(f"resumed at step {start}", flush=True)
    noise = Noise(np.random.default_rng(a.seed))

    def make(step, rng):
        if step % 50 == 0:
            data.refresh()
        noise.rng = rng
        return make_batch(data, rng.integers(0, getattr(data, unit), size), rng, noise)

    def save(step):
        torch.save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), "ema": ema.state, "step": step}, a.out + ".new")
        os.replace(a.out + ".new", a.out)

    feeder = Feeder(make, a.seed, start, a.steps)
    print(f"{sum(p.numel() for p in net.parameters())} parameters, {getattr(data, unit)} {unit}, {a.steps} steps of {size}", flush=True)
    began = saved_at = said_at = time.monotonic()
    said, recent = start, []
    net.train()
    for step in range(start, a.steps):
        for group in optimiser.param_groups:
            group["lr"] = rate(step, a.steps, peak)
        items = [t.to(device) for t in feeder.next()]
        total, parts = loss(net, items)
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        norm = torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        if torch.isfinite(norm):  # one bad batch must not end an hour's run
            optimiser.step()
        ema.update(net, step)
        recent.append([v.item() for v in parts.values()])
        now = time.monotonic()
        if step + 1 in (start + 20, start + 100) or now - said_at > 60 or step + 1 == a.steps:
            speed = (step + 1 - said) * size / (now - said_at)
            means = {k: round(float(v), 4) for k, v in zip(parts, np.mean(recent, 0))}
            print(f"{(now - began) / 60:.1f} min step {step + 1} of {a.steps}, {getattr(data, unit)} {unit}, {speed:.1f}/s {means}", flush=True)
            said, said_at, recent = step + 1, now, []
        if now - saved_at > a.every:
            save(step + 1)
            saved_at = now
    save(a.steps)
