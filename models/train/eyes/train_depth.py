"""Refines the detector's depth with everything else held fast.
`python3 train_depth.py --data .data/eyes/train --start .data/eyes/detector.pt --out .data/eyes/depth.pt --steps 600`
"""

import torch

from data import detector_batch
from loop import train
from nets import Detector
from train_detector import bins_of, depth_loss

LEARNING = ("depth", "depth_bins", "depth_tower")


class DepthHead(Detector):
    def __init__(self):
        super().__init__()
        for name, parameter in self.named_parameters():
            parameter.requires_grad_(name.split(".")[0] in LEARNING)

    def train(self, mode=True):
        super().train(False)
        for name in LEARNING:
            getattr(self, name).train(mode)
        return self


def loss(net, batch):
    image, rays, depth, kind = batch[:4]
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=image.device.type == "cpu" and net.bf16):
        h, planes, log_cos = net.trunk(image.contiguous(memory_format=torch.channels_last), rays)
    log_depth, bins = net.depths(h.float(), planes, log_cos)
    coarse = torch.nn.functional.cross_entropy(bins, bins_of(depth), ignore_index=255)
    fine = depth_loss(log_depth, depth, kind)
    return 3 * fine + 0.3 * coarse, {"depth": fine, "bins": coarse}


if __name__ == "__main__":
    train(DepthHead, loss, detector_batch, "pictures", batch=16, peak=3e-3)
