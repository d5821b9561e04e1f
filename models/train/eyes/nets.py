"""The two networks of models/eyes: `Detector` (the whole picture, once) and `Look` (each thing, in a crop of its own).

Tensors are NCHW. Pictures are RGB 0..1; normalisation happens inside, so the exported graph takes plain pixels.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from vocabulary import COLORS, KINDS, STATES

GROUPS = 3  # things to pick up; containers and places; drawer handles
STRIDE = 4
DEPTH_BINS = 16  # of log depth from 0.15 m, 0.2 wide
GEOMETRY = 3  # of the second look's `info`: log side, group, depth; the light follows
INFO = GEOMETRY + 6
COUNTER_M = 0.72  # height of counter and table: a strong prior for depth along a known ray


def conv(inputs, outputs, stride=1, kernel=3):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class Residual(nn.Module):
    def __init__(self, channels, dilation=1):
        super().__init__()
        self.a = nn.Conv2d(channels, channels, 3, 1, dilation, dilation, bias=False)
        self.na = nn.BatchNorm2d(channels)
        self.b = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.nb = nn.BatchNorm2d(channels)
        nn.init.zeros_(self.nb.weight)

    def forward(self, x):
        return F.relu(x + self.nb(self.b(F.relu(self.na(self.a(x))))))


def up(small, like):
    return F.interpolate(small, size=like.shape[2:], mode="nearest")


class RayFeatures(nn.Module):
    """Ray directions and camera height -> 8 planes that make depth easy: direction, height, nearness of floor and counter.

    Also returns log cos(angle to the optical axis), which turns a range along the ray into depth along the axis. The
    axis is the mean ray: exact for a principal point in the middle of the picture.
    """

    LOG_COUNTER, LOG_FLOOR = 4, 5

    def forward(self, rays):
        direction, height = rays[:, :3], rays[:, 3:4]
        down = -direction[:, 2:3]
        floor = (down / height.clamp(min=0.2)).clamp(0.1, 5)
        counter = (down / (height - COUNTER_M).clamp(min=0.1)).clamp(0.1, 5)
        axis = direction.mean((2, 3), keepdim=True)
        axis = axis / axis.pow(2).sum(1, keepdim=True).clamp(min=1e-6).sqrt()
        log_cos = (direction * axis).sum(1, keepdim=True).clamp(min=0.2).log()
        planes = torch.cat([direction, height - 1.3, counter.log(), floor.log(), 0.5 / counter, log_cos], 1)
        return planes, log_cos


class Detector(nn.Module):
    """Feature pyramid, strides 4 to 32; everything is read out at stride 4."""

    def __init__(self, widths=(48, 72, 128, 160), head=56):
        super().__init__()
        c4, c8, c16, c32 = widths
        self.rays = RayFeatures()
        self.unshuffle = nn.PixelUnshuffle(2)
        self.stem = nn.Sequential(conv(12, 24), conv(24, c4 - 8, 2))
        self.s4 = conv(c4, c4)
        self.s8 = nn.Sequential(conv(c4, c8, 2), Residual(c8), Residual(c8))
        self.s16 = nn.Sequential(conv(c8, c16, 2), Residual(c16), Residual(c16, 2))
        self.s32 = nn.Sequential(conv(c16, c32, 2), Residual(c32))
        self.context = nn.Linear(c32, c32)
        self.t16, self.f16 = nn.Conv2d(c32, c16, 1), conv(c16, c16)
        self.t8, self.f8 = nn.Conv2d(c16, c8, 1), conv(c8, c8)
        self.t4, self.f4 = nn.Conv2d(c8, c4, 1), conv(c4, head)
        self.tower = conv(head, head)
        # Depth is first put into bins: regression alone settled on the counter's distance for everything. What refines it has no
        # learnt gain before the ReLU, which the absolute error would shrink to nothing while features are still noise.
        self.depth_bins = nn.Conv2d(head, DEPTH_BINS, 1)
        self.depth_tower = nn.Sequential(
            nn.Conv2d(head + 11, 48, 3, 1, 1, bias=False), nn.BatchNorm2d(48, affine=False), nn.ReLU(inplace=True)
        )
        self.center = nn.Conv2d(head, GROUPS, 1)
        self.box = nn.Conv2d(head, 4 * GROUPS, 1)
        self.depth = nn.Conv2d(48 + 11, 1, 1)
        # Read only while training: dense labels about double what a picture teaches.
        self.dense_kind = nn.Conv2d(head, len(KINDS) + 1, 1)
        self.dense_color = nn.Conv2d(head, len(COLORS), 1)
        nn.init.zeros_(self.depth.weight)
        nn.init.zeros_(self.depth.bias)
        self.register_buffer("bin_centers", (torch.arange(DEPTH_BINS) + 0.5).mul(0.2).add(math.log(0.15)).view(1, -1, 1, 1))
        nn.init.constant_(self.center.bias, -4.0)
        nn.init.constant_(self.box.bias, 1.5)
        nn.init.normal_(self.box.weight, std=0.01)

    def trunk(self, image, rays):
        planes, log_cos = self.rays(rays)
        a = self.s4(torch.cat([self.stem(self.unshuffle(image * 2 - 1)), planes], 1))
        b = self.s8(a)
        c = self.s16(b)
        d = self.s32(c)
        d = d + self.context(d.mean((2, 3)))[:, :, None, None]
        c = self.f16(c + up(self.t16(d), c))
        b = self.f8(b + up(self.t8(c), b))
        h = self.tower(self.f4(a + up(self.t4(b), a)))
        return h, planes, log_cos

    def features(self, image, rays):
        h, planes, log_cos = self.trunk(image, rays)
        return (h, *self.depths(h, planes, log_cos))

    def depths(self, h, planes, log_cos):
        """Log depth and the logits of its bins. Detection has no use for arm and walls; the bins make features tell them."""
        bins = self.depth_bins(h).float()
        coarse = (bins.softmax(1) * self.bin_centers).sum(1, keepdim=True)
        # Where the coarse depth is near that of counter or floor, it probably is that plane, whose depth is known exactly.
        beyond_counter = coarse - log_cos + planes[:, RayFeatures.LOG_COUNTER : RayFeatures.LOG_COUNTER + 1]
        beyond_floor = coarse - log_cos + planes[:, RayFeatures.LOG_FLOOR : RayFeatures.LOG_FLOOR + 1]
        known = torch.cat([planes, coarse, beyond_counter, beyond_floor], 1)
        z = self.depth_tower(torch.cat([h, known], 1))
        return coarse + self.depth(torch.cat([z, known], 1)).float(), bins

    def forward(self, image, rays):
        h, log_depth, _ = self.features(image, rays)
        return self.center(h), self.boxes(h), log_depth.clamp(-3, 3).exp()

    def boxes(self, h):
        return self.box(h).float().clamp(-2, 4.6).exp() * 4

    def forward_training(self, image, rays):
        h, log_depth, bins = self.features(image, rays)
        dense = self.dense_kind(h).float(), self.dense_color(h).float(), bins
        return self.center(h).float(), self.boxes(h), log_depth, *dense


class Look(nn.Module):
    """Names one thing: kind, colour, drawer state, whether it is a thing at all, and its mask.

    Its colour is read apart from its kind: of the pixels under the mask one by one, without their places, against those around
    them and the light of the whole picture. Nothing there can know that bags are never yellow.
    """

    def __init__(self, widths=(40, 64, 96, 128), tones=40):
        super().__init__()
        w2, w4, w8, w16 = widths
        self.unshuffle = nn.PixelUnshuffle(2)
        self.s2 = conv(12, w2)
        self.s4 = nn.Sequential(conv(w2, w4, 2), Residual(w4), Residual(w4))
        self.s8 = nn.Sequential(conv(w4, w8, 2), Residual(w8), Residual(w8))
        self.s16 = nn.Sequential(conv(w8, w16, 2), conv(w16, w16))
        self.info = nn.Sequential(nn.Linear(GEOMETRY, 32), nn.ReLU(inplace=True), nn.Linear(32, w16))
        self.dropout = nn.Dropout(0.1)
        self.hidden = nn.Linear(2 * w16 + w8, w16)
        self.out = nn.Linear(w16, len(KINDS) + len(STATES) + 1)
        self.t8, self.f8 = nn.Conv2d(w16, w8, 1), conv(w8, w8)
        self.t4, self.f4 = nn.Conv2d(w8, w4, 1), conv(w4, w4)
        self.t2, self.f2 = nn.Conv2d(w4, w2, 1), conv(w2, 16)
        self.mask = nn.Conv2d(16, 1, 1)
        self.tones = nn.Sequential(
            nn.Conv2d(12, tones, 1), nn.ReLU(inplace=True), nn.Conv2d(tones, tones, 1), nn.ReLU(inplace=True)
        )
        self.color = nn.Sequential(
            nn.Linear(2 * tones + INFO - GEOMETRY, 64), nn.ReLU(inplace=True), nn.Linear(64, 64), nn.ReLU(inplace=True), nn.Linear(64, len(COLORS))
        )

    def forward(self, crops, info):
        pixels = self.unshuffle(crops * 2 - 1)
        a = self.s2(pixels)
        b = self.s4(a)
        c = self.s8(b)
        d = self.s16(c)
        d = d + self.info(info[:, :GEOMETRY])[:, :, None, None]
        pooled = torch.cat([d.mean((2, 3)), d.amax((2, 3)), c.mean((2, 3))], 1)
        y = self.out(self.dropout(F.relu(self.hidden(pooled))))
        kind, state, real = y.split([len(KINDS), len(STATES), 1], 1)
        c = self.f8(c + up(self.t8(d), c))
        b = self.f4(b + up(self.t4(c), b))
        mask = self.mask(self.f2(a + up(self.t2(b), a)))
        return kind, self.name_color(pixels, mask, info[:, GEOMETRY:]), state, real, mask

    def name_color(self, pixels, mask, light):
        # Colour must not pull the mask to where it is easily told. In float32: bfloat16 has too few steps for shades of grey.
        with torch.autocast("cpu", enabled=False):
            inside = mask.detach().float().sigmoid()
            tones = self.tones(pixels.float())
            mean = lambda weight: (tones * weight).sum((2, 3)) / (weight.sum((2, 3)) + 1)
            shown = part_of(inside) if self.training else inside
            return self.color(torch.cat([mean(shown), mean(1 - inside), 4 * light.float() - 2], 1))


def part_of(inside):
    """Half of the things without what lies on one side of a random line: their lit tops, or their shaded sides, have the same colour."""
    n, _, h, w = inside.shape
    angle, offset = torch.rand(n, 1, 1, 1) * 2 * math.pi, torch.rand(n, 1, 1, 1) - 0.6
    y, x = torch.linspace(-1, 1, h).view(1, 1, h, 1), torch.linspace(-1, 1, w).view(1, 1, 1, w)
    kept = (x * angle.cos() + y * angle.sin() > offset).to(inside)
    enough = (inside * kept).sum((1, 2, 3), keepdim=True) > 0.2 * inside.sum((1, 2, 3), keepdim=True)
    cut = enough & (torch.rand(n, 1, 1, 1) < 0.5)
    return torch.where(cut.to(inside.device), inside * kept, inside)


class Ema:
    """Exponential moving average of weights and batch statistics; what is exported."""

    def __init__(self, net, decay=0.998):
        self.decay = decay
        self.state = {k: v.detach().clone() for k, v in net.state_dict().items()}

    @torch.no_grad()
    def update(self, net, step):
        decay = min(self.decay, (step + 1) / (step + 10))
        for k, v in net.state_dict().items():
            if v.dtype.is_floating_point:
                self.state[k].lerp_(v, 1 - decay)
            else:
                self.state[k].copy_(v)
