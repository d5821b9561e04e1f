"""Trains the detector. `python3 train_detector.py --data .data/eyes/train --out .data/eyes/detector.pt --steps 6000`"""

import torch
import torch.nn.functional as F

from data import detector_batch
from loop import train
from nets import DEPTH_BINS, KINDS, Detector


def focal(logits, heat, care):
    """CenterNet's penalty-reduced focal loss, per thing."""
    positive = (heat == 1).float() * care
    log_p, log_q = F.logsigmoid(logits), F.logsigmoid(-logits)
    p = log_p.exp()
    gain = positive * (1 - p) ** 2 * log_p + (1 - positive) * care * (1 - heat) ** 4 * p**2 * log_q
    return -gain.sum() / positive.sum().clamp(min=1)


def box_loss(box, target, weight):
    """1 - GIoU of boxes that share their reference cell, plus a little relative L1 for the first steps."""
    n, _, h, w = box.shape
    box = box.view(n, 3, 4, h, w)
    at = weight > 0
    p = box.permute(0, 1, 3, 4, 2)[at]
    t = target.permute(0, 1, 3, 4, 2)[at]
    k = weight[at]
    low, high = torch.minimum(p, t), torch.maximum(p, t)
    inter = (low[:, 0] + low[:, 2]).clamp(min=0) * (low[:, 1] + low[:, 3]).clamp(min=0)
    area = lambda b: (b[:, 0] + b[:, 2]).clamp(min=1e-3) * (b[:, 1] + b[:, 3]).clamp(min=1e-3)
    union = area(p) + area(t) - inter
    hull = area(high)
    giou = inter / union - (hull - union) / hull
    relative = (p - t).abs().mean(1) / (t.clamp(min=0).sum(1) / 4 + 1)
    return ((1 - giou + 0.3 * relative) * k).sum() / k.sum().clamp(min=1)


def depth_loss(log_depth, depth, kind):
    known = (depth > 0.05).float()
    error = (log_depth - depth.clamp(min=0.05).log()) * known
    # What can be acted on matters most; the far wall, and the robot's own arm before the lens, must not dominate.
    weight = known * (0.4 + 1.2 * (depth < 1.6).float()) * (1 - 0.7 * (depth < 0.6).float())
    weight = weight * (1 + 1.5 * (kind < len(KINDS)).float()[:, None])
    slope = (error[:, :, 1:] - error[:, :, :-1]).abs().mean() + (error[..., 1:] - error[..., :-1]).abs().mean()
    # Squared as well: with the absolute error alone, large areas that are wrong by a lot pull no harder than small errors.
    each = error.abs() + 0.7 * F.smooth_l1_loss(error, torch.zeros_like(error), reduction="none", beta=1.0)
    return (each * weight).sum() / weight.sum().clamp(min=1) + 0.5 * slope


def bins_of(depth):
    bins = ((depth[:, 0].clamp(min=0.05) / 0.15).log() / 0.2).long().clamp(0, DEPTH_BINS - 1)
    return torch.where(depth[:, 0] > 0.05, bins, torch.full_like(bins, 255))


BACKGROUND_WEIGHT = torch.tensor([1.0] * len(KINDS) + [0.15])


def loss(net, batch):
    image, rays, depth, kind, color, heat, box, weight, care = batch
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=image.device.type == "cpu" and net.bf16):
        center, boxes, log_depth, dense_kind, dense_color, bins = net.forward_training(
            image.contiguous(memory_format=torch.channels_last), rays
        )
    parts = {
        "center": focal(center, heat, care),
        "box": box_loss(boxes, box, weight),
        "depth": depth_loss(log_depth, depth, kind),
        "kind": F.cross_entropy(dense_kind, kind.clamp(max=len(KINDS)), weight=BACKGROUND_WEIGHT.to(image.device)),
        "bins": F.cross_entropy(bins, bins_of(depth), ignore_index=255),
        "color": F.cross_entropy(dense_color, color, ignore_index=255),
    }
    scale = {"center": 1.0, "box": 1.5, "depth": 3.0, "bins": 0.4, "kind": 0.6, "color": 0.4}
    return sum(scale[k] * torch.nan_to_num(v) for k, v in parts.items()), parts


if __name__ == "__main__":
    train(Detector, loss, detector_batch, "pictures", batch=16, peak=2e-3)
