"""Reads the shards that `generate.ts` writes, and makes training batches of them.

A shard is a folder of raw little-endian arrays, one per field, with `shard.json` written last: a shard without it is
still being written and is left out.
"""

import json
import os
import queue
import threading

import numpy as np
import torch

from recolor import recolored

HEIGHT, WIDTH = 240, 320
GH, GW = 60, 80
CROP, MASK = 80, 40  # stored with 1.25 times the context of the 64 px crop, so that training can shift the window
LOOK, LOOK_MASK = 64, 32
# One row of things.bin (everything visible, for the detector) and of looks.bin (the crops), float32.
FIELDS = ["picture", "group", "kind", "color", "state", "pixels", "x0", "y0", "x1", "y1", "z", "size", "real", "sidePx", "fx"]
F = {name: i for i, name in enumerate(FIELDS)}
LIGHT = ((0.5, 0.95), 2)  # quantiles of each channel over every second row and column: how light and how tinted a picture is
INFO = 3 + 3 * len(LIGHT[0])
MIN_PIXELS = 30  # visible at 640x480; smaller ones are neither asked for nor punished


class Shard:
    def __init__(self, path):
        with open(os.path.join(path, "shard.json")) as f:
            self.info = json.load(f)
        n, m, k = self.info["pictures"], self.info["looks"], self.info["things"]
        read = lambda name, kind, *shape: np.memmap(os.path.join(path, name), kind, mode="r", shape=shape)
        self.pictures, self.count = n, m
        self.rgb = read("rgb.bin", np.uint8, n, HEIGHT, WIDTH, 3)
        self.depth = read("depth.bin", np.uint16, n, GH, GW)
        self.kind = read("kind.bin", np.uint8, n, GH, GW)
        self.color = read("color.bin", np.uint8, n, GH, GW)
        self.camera = np.asarray(read("camera.bin", np.float32, n, 16))
        self.all_things = np.asarray(read("things.bin", np.float32, k, len(FIELDS)))
        self.looks = np.asarray(read("looks.bin", np.float32, m, len(FIELDS)))
        self.crops = read("crops.bin", np.uint8, m, CROP, CROP, 3)
        self.masks = read("masks.bin", np.uint8, m, MASK, MASK)
        self.starts = np.searchsorted(self.all_things[:, 0], np.arange(n + 1))
        self.lights = {}

    def things(self, i):
        """What is visible in picture i."""
        return self.all_things[self.starts[i] : self.starts[i + 1]]

    def light(self, i):
        """The light of picture i: see `light_of`."""
        if i not in self.lights:
            self.lights[i] = light_of(self.rgb[i])
        return self.lights[i]


def light_of(rgb):
    """Quantiles of red, green and blue over an 8-bit HWC picture of 320x240, 0..1: [2, 3]. The runtime counts them likewise."""
    quantiles, step = LIGHT
    values = rgb[::step, ::step].reshape(-1, 3)
    ranks = [int(q * (len(values) - 1)) for q in quantiles]
    counts = np.stack([np.bincount(values[:, c], minlength=256).cumsum() for c in range(3)])
    return np.float32([[np.searchsorted(count, rank, side="right") for count in counts] for rank in ranks]) / 255


class Dataset:
    """All finished shards under a folder; `refresh` takes up those that were finished since."""

    def __init__(self, folder):
        self.folder, self.shards = folder, {}
        self.refresh()

    def refresh(self):
        for name in sorted(os.listdir(self.folder)):
            path = os.path.join(self.folder, name)
            if name not in self.shards and os.path.exists(os.path.join(path, "shard.json")):
                self.shards[name] = Shard(path)
        self.list = [self.shards[k] for k in sorted(self.shards)]
        self.ends = np.cumsum([s.pictures for s in self.list])
        self.crop_ends = np.cumsum([s.count for s in self.list])

    @property
    def pictures(self):
        return int(self.ends[-1]) if self.list else 0

    @property
    def crops(self):
        return int(self.crop_ends[-1]) if self.list else 0

    def picture(self, i):
        k = int(np.searchsorted(self.ends, i, side="right"))
        return self.list[k], i - (int(self.ends[k - 1]) if k else 0)

    def crop(self, i):
        k = int(np.searchsorted(self.crop_ends, i, side="right"))
        return self.list[k], i - (int(self.crop_ends[k - 1]) if k else 0)


_U, _V = np.meshgrid((np.arange(GW) + 0.5) * 4, (np.arange(GH) + 0.5) * 4)


def rays_of(camera):
    """camera row: fx fy cx cy (of 320x240), position, 3x3 rotation (optical -> base) -> float32 [4, 60, 80]."""
    fx, fy, cx, cy = camera[:4]
    r = camera[7:16].reshape(3, 3)
    d = np.stack([(_U - cx) / fx, (_V - cy) / fy, np.ones_like(_U)]).astype(np.float32)
    d /= np.linalg.norm(d, axis=0, keepdims=True)
    out = np.empty((4, GH, GW), np.float32)
    out[:3] = np.tensordot(r, d, 1)
    out[3] = camera[6]
    return out


_GX, _GY = np.arange(GW, dtype=np.float32), np.arange(GH, dtype=np.float32)


def targets_of(things):
    """Heat map, boxes, weight of each cell's box and mask of cells that count, from rows in 640x480 pixels."""
    heat = np.zeros((3, GH, GW), np.float32)
    box = np.zeros((3, 4, GH, GW), np.float32)
    weight = np.zeros((3, GH, GW), np.float32)
    care = np.ones((3, GH, GW), np.float32)
    for row in things:
        g = int(row[F["group"]])
        x0, y0, x1, y1 = row[F["x0"] : F["y1"] + 1] / 2
        cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
        px, py = min(GW - 1, int(cx / 4)), min(GH - 1, int(cy / 4))
        if row[F["pixels"]] < MIN_PIXELS:
            a, b = max(0, int(y0 / 4) - 1), max(0, int(x0 / 4) - 1)
            care[g, a : int(y1 / 4) + 2, b : int(x1 / 4) + 2] = 0
            continue
        sx, sy = max(0.6, (x1 - x0) / 4 * 0.11), max(0.6, (y1 - y0) / 4 * 0.11)
        h = np.exp(-((_GX - px) ** 2) / (2 * sx * sx))[None] * np.exp(-((_GY - py) ** 2) / (2 * sy * sy))[:, None]
        heat[g] = np.maximum(heat[g], h)
        # The box is learnt around the centre; the cell's own distances, so that any peak there gives the same box.
        own = (h > 0.3) & (h > weight[g])
        ys, xs = np.nonzero(own)
        weight[g][own] = h[own]
        ux, uy = xs * 4 + 2.0, ys * 4 + 2.0
        box[g, :, ys, xs] = np.stack([ux - x0, uy - y0, x1 - ux, y1 - uy], 1)
        heat[g, py, px] = 1
    return heat, box, weight, care


class Noise:
    """A bank of unit Gaussian noise: drawing fresh noise for each picture would cost a tenth of the step."""

    def __init__(self, rng, size=1 << 22):
        self.bank = rng.standard_normal(size).astype(np.float32)
        self.rng = rng

    def like(self, shape):
        n = int(np.prod(shape))
        at = self.rng.integers(0, len(self.bank) - n)
        return self.bank[at : at + n].reshape(shape)


def photometric(x, rng, noise, exposure=0.2, light=None):
    """In place on float32 HWC in 0..1: exposure, tint, blur, noise. Small enough to leave colours their names.

    `light` belongs to the same picture, and changes with it."""
    gain = rng.uniform(1 - exposure, 1 + exposure) * rng.uniform(0.94, 1.06, 3).astype(np.float32)
    lift = np.float32(rng.uniform(-0.2, 0.2) * exposure)
    for pixels in (x,) if light is None else (x, light):
        pixels *= gain.astype(np.float32)
        pixels += lift
    if rng.random() < 0.15:
        x[:, 1:-1] = 0.5 * x[:, 1:-1] + 0.25 * (x[:, :-2] + x[:, 2:])
        x[1:-1] = 0.5 * x[1:-1] + 0.25 * (x[:-2] + x[2:])
    if rng.random() < 0.7:
        x += noise.like(x.shape) * np.float32(rng.uniform(0, 0.025))
    np.clip(x, 0, 1, out=x)
    if light is not None:
        np.clip(light, 0, 1, out=light)
    return x


def detector_batch(data, indices, rng=None, noise=None, flips=0.25):
    n = len(indices)
    image = np.empty((n, 3, HEIGHT, WIDTH), np.float32)
    rays = np.empty((n, 4, GH, GW), np.float32)
    depth = np.empty((n, 1, GH, GW), np.float32)
    kind = np.empty((n, GH, GW), np.int64)
    color = np.empty((n, GH, GW), np.int64)
    parts = []
    for j, i in enumerate(indices):
        s, k = data.picture(int(i))
        x = s.rgb[k].astype(np.float32)
        x *= np.float32(1 / 255)
        d, a, c, r, things = s.depth[k], s.kind[k], s.color[k], rays_of(s.camera[k]), s.things(k)
        if rng is not None:
            if rng.random() < flips:
                x, d, a, c, r, things = x[:, ::-1].copy(), d[:, ::-1], a[:, ::-1], c[:, ::-1], mirror(r), mirror_boxes(things)
            x = photometric(x, rng, noise)
        image[j], rays[j], depth[j, 0], kind[j], color[j] = x.transpose(2, 0, 1), r, d, a, c
        parts.append(targets_of(things))
    depth *= 0.001
    heat, box, weight, care = (np.stack(p) for p in zip(*parts))
    return [torch.from_numpy(a) for a in (image, rays, depth, kind, color, heat, box, weight, care)]


def mirror(rays):
    """The picture of the world mirrored left to right (base y), as the same camera would see it."""
    out = rays[:, :, ::-1].copy()
    out[1] *= -1
    return out


def mirror_boxes(things):
    out = things.copy()
    out[:, F["x0"]], out[:, F["x1"]] = 2 * WIDTH - things[:, F["x1"]], 2 * WIDTH - things[:, F["x0"]]
    return out


def look_batch(data, indices, rng=None, noise=None):
    """Every second crop is recoloured and has no colour to be learnt: shapes name kinds, whatever colour they have."""
    n = len(indices)
    crops = np.empty((n, 3, LOOK, LOOK), np.float32)
    info = np.empty((n, INFO), np.float32)
    mask = np.empty((n, 1, LOOK_MASK, LOOK_MASK), np.float32)
    labels = np.empty((n, 5), np.int64)  # kind, colour, state, real, pixels
    span = CROP - LOOK
    for j, i in enumerate(indices):
        s, k = data.crop(int(i))
        row = s.looks[k]
        ox = oy = span // 2
        if rng is not None:
            ox, oy = (int(v) * 2 for v in np.clip(np.rint(rng.normal(span / 4, span / 10, 2)), 0, span // 2))
        x = s.crops[k, oy : oy + LOOK, ox : ox + LOOK].astype(np.float32)
        x *= np.float32(1 / 255)
        m = s.masks[k, oy // 2 : oy // 2 + LOOK_MASK, ox // 2 : ox // 2 + LOOK_MASK]
        z, group, color = row[F["z"]], row[F["group"]], row[F["color"]]
        light = s.light(int(row[F["picture"]])).copy()
        if rng is not None:
            if rng.random() < 0.5:
                x, m = x[:, ::-1].copy(), m[:, ::-1]
            if j % 2 == 1:
                x, color = recolored(x, m, int(row[F["kind"]]), int(color), rng)
            x = photometric(x, rng, noise, 0.12, light)
            # Depth comes from a sensor, from the detector, or badly: the scale must help but not be trusted.
            z = z * np.exp(rng.normal(0, 0.03 if rng.random() < 0.7 else 0.2))
            if rng.random() < 0.1:
                group = rng.integers(0, 3)
        crops[j], mask[j, 0] = x.transpose(2, 0, 1), m
        info[j] = (np.log(max(1e-3, row[F["sidePx"]] / row[F["fx"]] * z)), group / 2, z, *light.ravel())
        labels[j] = row[[F["kind"], F["color"], F["state"], F["real"], F["pixels"]]]
        labels[j, 1] = color
    mask *= np.float32(1 / 255)
    return [torch.from_numpy(a) for a in (crops, info, mask, labels)]


class Feeder:
    """Prepares batches on a thread of its own; batch number `step` follows from the seed and the step alone."""

    def __init__(self, make, seed, start, count, depth=3):
        self.queue = queue.Queue(depth)

        def feed():
            try:
                for step in range(start, count):
                    self.queue.put(make(step, np.random.default_rng([seed, step])))
            except Exception as error:  # handed to the training loop, which would wait for ever otherwise
                self.queue.put(error)

        threading.Thread(target=feed, daemon=True).start()

    def next(self):
        batch = self.queue.get()
        if isinstance(batch, Exception):
            raise batch
        return batch
