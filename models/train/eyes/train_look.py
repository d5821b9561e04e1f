"""Trains the second look. `python3 train_look.py --data .data/eyes/train --out .data/eyes/look.pt --steps 12000`"""

import torch
import torch.nn.functional as F

from data import MIN_PIXELS, look_batch
from loop import train
from nets import Look


def masked_mean(values, where):
    return (values * where).sum() / where.sum().clamp(min=1)


def loss(net, batch):
    crops, info, mask, labels = batch
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=crops.device.type == "cpu" and net.bf16):
        outputs = net(crops.contiguous(memory_format=torch.channels_last), info)
    kind, color, state, real, mask_logits = (o.float() for o in outputs)
    is_real = labels[:, 3].float()
    # A sliver of a thing can be neither named nor denied.
    clear = (labels[:, 4] >= MIN_PIXELS).float()
    named = is_real * clear
    each = lambda logits, label, smooth=0.02: F.cross_entropy(
        logits, label.clamp(0, logits.shape[1] - 1), reduction="none", label_smoothing=smooth
    )
    has_color, has_state = named * (labels[:, 1] >= 0).float(), named * (labels[:, 2] >= 0).float()
    pixel = F.binary_cross_entropy_with_logits(mask_logits, mask, reduction="none").mean((1, 2, 3))
    parts = {
        "kind": masked_mean(each(kind, labels[:, 0]), named),
        "color": masked_mean(each(color, labels[:, 1]), has_color),
        "state": masked_mean(each(state, labels[:, 2]), has_state),
        "real": masked_mean(F.binary_cross_entropy_with_logits(real[:, 0], is_real, reduction="none"), (1 - is_real) + named),
        "mask": masked_mean(pixel, named),
    }
    scale = {"kind": 1.0, "color": 0.6, "state": 0.3, "real": 0.5, "mask": 1.0}
    return sum(scale[k] * v for k, v in parts.items()), parts


if __name__ == "__main__":
    train(Look, loss, look_batch, "crops", batch=64, peak=1.5e-3)
