"""The words network: characters in, a label, a role and a start for each of them out; and whether it is an instruction at all.

Characters are gathered into units (a word of letters, a number, any other sign by itself) and told apart from there on, so
that English sentences, which have five times the characters, are no longer for the network than Chinese ones.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

WIDTH, HEADS, LAYERS, HIDDEN = 144, 4, 4, 360
LONGEST = 256


def positions(length, width):
    at = torch.arange(length).unsqueeze(1)
    rate = torch.exp(torch.arange(0, width, 2) * (-math.log(1000.0) / width))
    table = torch.zeros(length, width)
    table[:, 0::2], table[:, 1::2] = torch.sin(at * rate), torch.cos(at * rate)
    return table


class Near(nn.Module):
    """Each sees three neighbours on either side."""

    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.conv = nn.Conv1d(WIDTH, WIDTH, 7, padding=3, groups=4)
        self.mix = nn.Linear(WIDTH, WIDTH)

    def forward(self, x, mask):
        y = (self.norm(x) * mask.unsqueeze(2)).transpose(1, 2)
        return x + self.mix(F.relu(self.conv(y).transpose(1, 2)))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.near = Near()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN, WIDTH)

    def forward(self, x, mask, shut):
        x = self.near(x, mask)
        b, length = x.shape[0], x.shape[1]
        q, k, v = self.qkv(self.norm1(x)).reshape(b, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + shut
        seen = (scores.softmax(3) @ v).transpose(1, 2).reshape(b, length, WIDTH)
        x = x + self.out(seen)
        return x + self.down(F.relu(self.up(self.norm2(x))))


SPACE, SIGN, LETTER, DIGIT = -1.0, 0.0, 1.0, 2.0


def kind_of(character):
    if character == " ":
        return SPACE
    if character == "'" or "a" <= character <= "z":
        return LETTER
    return DIGIT if "0" <= character <= "9" else SIGN


class Words(nn.Module):
    def __init__(self, shape, characters=()):
        super().__init__()
        kinds = torch.zeros(shape["numbers"])
        first = shape["numbers"] - len(characters)
        for place, character in enumerate(characters):
            kinds[first + place] = kind_of(character)
        # Kept with the weights: float, so that it can be averaged along with them.
        self.register_buffer("kinds", kinds)
        self.embed = nn.Embedding(shape["numbers"], WIDTH, padding_idx=0)
        nn.init.normal_(self.embed.weight, std=0.5)
        self.register_buffer("place", positions(2 * LONGEST, WIDTH) * 0.5, persistent=False)
        self.spell = nn.ModuleList([Near(), Near()])
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        self.heads = nn.Linear(WIDTH, shape["labels"] + shape["roles"] + shape["starts"])
        self.readable = nn.Linear(WIDTH, 1)
        self.sizes = [shape["labels"], shape["roles"], shape["starts"]]

    def unit_starts(self, numbers):
        """1 where a unit begins, else 0; and 1 for all that belongs to one."""
        kinds = self.kinds[numbers]
        before = F.pad(kinds, (1, 0), value=SPACE)[:, :-1]
        there = ((numbers > 0) & (kinds > SPACE)).float()
        goes_on = ((kinds == before) & (kinds > SIGN)).float()
        return there * (1 - goes_on), there

    def forward(self, numbers, offset=0):
        starts, there = self.unit_starts(numbers)
        unit = starts.cumsum(1) - 1
        count = int(unit.max()) + 1 if self.training else numbers.shape[1]
        member = (unit.unsqueeze(1) == torch.arange(count, device=numbers.device).float()[None, :, None]).float() * there.unsqueeze(1)
        size = member.sum(2)
        mask = (size > 0).float()
        shut = (1 - mask)[:, None, None, :] * -1e4
        spelt, seen = self.embed(numbers), (numbers > 0).float()
        for near in self.spell:
            spelt = near(spelt, seen)
        x = member @ spelt / size.clamp(min=1).unsqueeze(2) + self.place[offset : offset + count]
        for layer in self.layers:
            x = layer(x, mask, shut)
        x = self.norm(x)
        whole = (x * mask.unsqueeze(2)).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        # What holds of a unit holds of each of its characters.
        label, role, start = (member.transpose(1, 2) @ self.heads(x)).split(self.sizes, 2)
        return label, role, start, self.readable(whole)[:, 0]


def loss(net, batch, offset):
    numbers, labels, roles, starts, readable = batch
    label, role, start, can = net(numbers, offset)
    # Sentences that are no instruction have no labels worth learning.
    starts_of_units, _ = net.unit_starts(numbers)
    there = (starts_of_units * (readable > 0).unsqueeze(1)).reshape(-1)
    part = there * (labels.reshape(-1) > 0)

    def mean(logits, target, weight):
        each = F.cross_entropy(logits.reshape(-1, logits.shape[2]).float(), target.reshape(-1), reduction="none")
        return (each * weight).sum() / weight.sum().clamp(min=1)

    return {
        "label": mean(label, labels, there),
        "role": mean(role, roles, part),
        "start": mean(start, starts, part),
        "readable": 0.3 * F.binary_cross_entropy_with_logits(can.float(), readable.float()),
    }
