"""Trains the hearing network: counted steps, cosine schedule, averaged weights, checkpoints to resume from."""

import argparse
import multiprocessing
import os
import time

import numpy as np
import torch
import torch.nn.functional as F
from articulation import hide, hurried, joined, uneven
from net import SYMBOLS, Ears, mel_bands, normalise, power_fft
from rooms import colour, faster, no_speech, noise_bank, place, with_noise
from shards import Shards

#: Samples of sound a step.
BUDGET = 14 * 56000
SILENT = 0.03


def spell(row):
    return [SYMBOLS.index(letter) for letter in row["sounds"]]


def distance(a, b):
    """Edits from one list to another."""
    line = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        now = [i]
        for j, y in enumerate(b, 1):
            now.append(min(line[j] + 1, now[-1] + 1, line[j - 1] + (x != y)))
        line = now
    return line[-1]


def greedy(logits):
    letters, last = [], 0
    for symbol in logits.argmax(-1).tolist():
        if symbol != last and symbol:
            letters.append(SYMBOLS[symbol])
        last = symbol
    return "".join(letters).split()


def evaluate(net, folder, mel, count=30):
    """Word errors without any language model, at 20 dB."""
    net.eval()
    figures = {}
    with torch.no_grad():
        for name in ("seen-espeak", "seen-flite", "seen-festival", "seen-mandarin", "tune-espeak", "unseen-espeak", "unseen-flite", "unseen-festival", "unseen-mandarin"):
            held = Shards(folder, f"test-{name}")
            rng, wrong, words = np.random.default_rng(5), 0, 0
            for i in range(min(count, len(held))):
                sound = torch.from_numpy(with_noise(rng, held.sound(i), 20))[None]
                said = held.rows[i]["sounds"].split()
                wrong += distance(said, greedy(net(normalise(power_fft(sound, mel)))[0]))
                words += len(said)
            figures[name] = round(wrong / max(1, words), 3)
    net.train()
    return figures


#: Parts of what is heard, by whose voice it is.
SHARES = {"espeak": 0.24, "mandarin": 0.13, "flite": 0.24, "festival": 0.19, "accent": 0.20}
#: Sizes of a head against the voice's own, from large to small, and for each size a few ways in which formants differ.
SIZES, WAYS = np.exp(np.linspace(np.log(0.74), np.log(1.36), 31)), 10


def group_of(row):
    if row["language"] == "zh":
        return "mandarin"
    return row["voice"].split("-")[0] if is_rare(row) else "espeak"


def is_rare(row):
    """Of a synthesiser with a handful of speakers."""
    return row["voice"].startswith(("flite", "festival", "accent"))


def bent_mels(rng, **settings):
    """Mel bands that hear a voice as if its formants were moved: [sizes, ways, bands, bins]."""

    def bands(size, way):
        # Above the knee the axis is squeezed, so that nothing is looked for beyond the spectrum.
        knee = 7800 * min(1.0, size) * 0.85
        curve = rng.uniform(-0.08, 0.08, 6) * (way > 0)

        def bend(hz):
            hz = hz.numpy()
            own = hz * (1 + np.interp(hz, [0, 700, 1400, 2300, 3600, 8000], curve))
            low = np.minimum(own, knee) / size
            rest = (np.maximum(own, knee) - knee) / (8300 - knee) * (7990 - knee / size)
            return torch.from_numpy(np.maximum.accumulate(low + np.maximum(rest, 0)))

        return mel_bands(bend=bend, **settings)

    return torch.stack([torch.stack([bands(size, way) for way in range(WAYS)]) for size in SIZES])


def batches(shards, rng):
    """One pass: utterances of like length together, each with the speed of its tape; each synthesiser has its share, whatever
    there is of it."""
    names = np.array([group_of(row) for row in shards.rows])
    wanted = np.zeros(len(names))
    for name, share in SHARES.items():
        wanted[names == name] = share * len(names) / max(1, (names == name).sum())
    rows = np.repeat(np.arange(len(names)), np.floor(wanted + rng.random(len(names))).astype(int))
    rare = np.array([is_rare(row) for row in shards.rows])[rows]
    tapes = np.where(rare, rng.uniform(0.8, 1.26, len(rows)), rng.uniform(0.86, 1.17, len(rows)))
    tapes = np.where(rng.random(len(rows)) < np.where(rare, 0.85, 0.6), tapes, 1.0)
    lengths = shards.lengths[rows] / tapes
    order = np.argsort(lengths * rng.uniform(0.97, 1.03, len(rows)), kind="stable")
    groups, at = [], 0
    while at < len(order):
        ahead = order[min(at + 20, len(order) - 1)]
        size = int(max(4, BUDGET // (lengths[ahead] + 6000)))
        groups.append([(int(rows[i]), float(tapes[i])) for i in order[at : at + size]])
        at += size
    rng.shuffle(groups)
    return groups


def hear(shards, group, rng, bank, mels):
    """Features of one batch, all of one length (no padding: noise fills the rest), with their letters. What is between a voice
    and the network is drawn anew each time: the tape's speed moves pitch and formants, the bent bands move formants alone."""
    sounds, letters, heads = [], [], []
    for index, tape in group:
        sound = shards.sound(index)
        rare = is_rare(shards.rows[index])
        if tape != 1:
            sound = faster(rng, sound, tape, tape)
        size = np.exp(rng.uniform(np.log(0.83), np.log(1.24)) if rare else rng.uniform(np.log(0.9), np.log(1.12)))
        bent = rng.random() < (0.85 if rare else 0.5)
        heads.append((int(np.abs(SIZES - size / tape).argmin()), int(rng.integers(WAYS))) if bent else (int(np.abs(SIZES - 1).argmin()), 0))
        if rng.random() < (0.5 if rare else 0.35):
            sound = colour(rng, sound, 8 if rare else 5)
        sounds.append(sound)
        letters.append(spell(shards.rows[index]))
    length = max(map(len, sounds)) + int(rng.integers(2000, 6000))
    heard = []
    for i, sound in enumerate(sounds):
        if rng.random() < SILENT:
            heard.append(np.clip(no_speech(rng, bank, length), -1, 1).astype(np.float32))
            letters[i] = []
        else:
            heard.append(place(rng, sound, length, bank, sounds[i - 1]).astype(np.float32))
    # Each voice with its own head, and with one like it.
    others = [(int(np.clip(size + rng.integers(-3, 4), 0, len(SIZES) - 1)), int(rng.integers(WAYS))) for size, _ in heads]
    mel = torch.stack([torch.cat([mels[own], mels[other]]) for own, other in zip(heads, others)])
    own, other = power_fft(torch.from_numpy(np.stack(heard)), mel).chunk(2, 1)
    power = uneven(rng, hurried(rng, joined(rng, own.clone(), other)))
    return hide(rng, normalise(power)), letters


#: What a block says at first that its start knows nothing of.
QUIET = 0.2


def begin(net, state):
    """Takes the weights of a start. A deeper network begins almost as the one that it starts from: its further blocks say little."""
    missing, unexpected = net.load_state_dict(state, strict=False)
    blocks = {".".join(name.split(".")[:2]) for name in missing}
    if unexpected or not all(name.startswith("coarse.") for name in blocks):
        raise ValueError(f"the start is of another network: it has {unexpected[:3]} besides, and lacks {sorted(blocks)[:3]}")
    with torch.no_grad():
        for name in blocks:
            net.get_submodule(name).across_norm.weight.fill_(QUIET)


class Ahead:
    """Hears the next batch in another process while this one learns. A batch is the same whoever prepares it, so when that
    process gets no time this one does without it."""

    PATIENCE = 0.1

    def __init__(self, prepare, count):
        self.prepare, self.first = prepare, multiprocessing.Value("i", 0)
        self.link, other = multiprocessing.Pipe(False)
        self.process = multiprocessing.Process(target=self.work, args=(other, count), daemon=True)
        self.process.start()
        other.close()
        self.own = 0

    def work(self, link, count):
        torch.set_num_threads(1)
        self.link.close()
        done = -1
        while (done := max(done + 1, self.first.value)) < count:
            features, letters = self.prepare(done)
            if done >= self.first.value:
                try:
                    link.send((done, features.numpy(), letters))
                except (BrokenPipeError, OSError):
                    return

    def get(self, number):
        while self.link.poll(self.PATIENCE):
            try:
                done, features, letters = self.link.recv()
            except EOFError:
                break
            if done == number:
                self.first.value = number + 1
                return torch.from_numpy(features), letters
        self.own += 1
        # Whoever prepares ahead goes on with the one after the next.
        self.first.value = number + 1
        return self.prepare(number)

    def close(self):
        self.process.terminate()
        self.process.join()
        self.link.close()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True, help="checkpoint, also what to resume from")
    p.add_argument("--start", help="weights to start from, of onward.py, where there is no checkpoint yet")
    p.add_argument("--steps", type=int, required=True)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--peak", type=float, default=1.6e-3)
    p.add_argument("--every", type=float, default=120, help="seconds between checkpoints")
    p.add_argument("--judge", type=float, default=600, help="seconds between figures")
    p.add_argument("--bf16", action="store_true", help="for processors with avx512_bf16, where it is faster")
    a = p.parse_args()
    torch.set_num_threads(1)  # spinning OpenMP barriers collapse as soon as another process is busy
    torch.manual_seed(a.seed)
    mel, mels = mel_bands(), bent_mels(np.random.default_rng([a.seed, 2]))
    net = Ears().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), lr=a.peak, weight_decay=1e-2, betas=(0.9, 0.98), foreach=True)
    if a.start is not None and not os.path.exists(a.out):
        begin(net, torch.load(a.start))
    average, start, turn, heard_so_far = {k: v.clone() for k, v in net.state_dict().items()}, 0, 0, 0
    if os.path.exists(a.out):
        saved = torch.load(a.out)
        net.load_state_dict(saved["net"])
        optimiser.load_state_dict(saved["optimiser"])
        average, start, turn, heard_so_far = saved["average"], saved["step"], saved["turn"] + 1, saved["heard"]
    bank = noise_bank(np.random.default_rng([a.seed, 0]))
    judge = Ears().to(memory_format=torch.channels_last)

    def save(step):
        state = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average, "step": step}
        torch.save({**state, "turn": turn, "heard": heard_so_far, "utterances": len(shards)}, a.out + ".new")
        os.replace(a.out + ".new", a.out)

    began = saved_at = said_at = judged_at = time.monotonic()
    step, said, recent, preparing, utterances = start, start, [], 0.0, 0
    net.train()
    shards = Shards(a.data, "train-*", "words-*", "accents-*")
    while step < a.steps:
        # Later shards may have been written meanwhile.
        shards = Shards(a.data, "train-*", "words-*", "accents-*")
        print(f"pass {turn}: {len(shards)} utterances, {sum(v.numel() for v in net.parameters())} parameters", flush=True)
        groups = batches(shards, np.random.default_rng([a.seed, 1, turn]))
        ahead = Ahead(lambda i: hear(shards, groups[i], np.random.default_rng([a.seed, 3, turn, i]), bank, mels), len(groups))
        for number, group in enumerate(groups):
            if step >= a.steps:
                break
            for settings in optimiser.param_groups:
                settings["lr"] = a.peak * min(1.0, (step + 1) / 200) * (0.5 + 0.5 * np.cos(np.pi * step / a.steps)) + 1e-5
            tick = time.monotonic()
            features, letters = ahead.get(number)
            preparing += time.monotonic() - tick
            with torch.autocast("cpu", torch.bfloat16, enabled=a.bf16):
                logits = net(features)
            scores = torch.log_softmax(logits.float(), -1).transpose(0, 1)
            loss = F.ctc_loss(
                scores,
                torch.tensor([letter for one in letters for letter in one], dtype=torch.long),
                torch.full((len(letters),), scores.shape[0], dtype=torch.long),
                torch.tensor([len(one) for one in letters]),
                zero_infinity=True,
            )
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            norm = torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            if torch.isfinite(norm):
                optimiser.step()
            if step % 4 == 3:
                keep = min(0.995, (step + 1) / (step + 20))
                with torch.no_grad():
                    for k, v in net.state_dict().items():
                        average[k].lerp_(v, 1 - keep) if v.dtype.is_floating_point else average[k].copy_(v)
            step, heard_so_far, utterances = step + 1, heard_so_far + len(group), utterances + len(group)
            recent.append(loss.item())
            now = time.monotonic()
            if now - said_at > 30 or step in (start + 20, a.steps):
                print(
                    f"{(now - began) / 60:.1f} min step {step} of {a.steps}, {(step - said) / (now - said_at):.2f} steps/s,"
                    f" {utterances / (now - said_at):.0f} utt/s, waiting {preparing / (now - said_at):.2f}, loss {np.mean(recent):.4f}",
                    flush=True,
                )
                said, said_at, recent, preparing, utterances = step, now, [], 0.0, 0
            if now - judged_at > a.judge or step == a.steps:
                judge.load_state_dict(average)
                print(f"step {step}: {evaluate(judge, a.data, mel)}", flush=True)
                judged_at = time.monotonic()
            if now - saved_at > a.every:
                save(step)
                saved_at = now
        ahead.close()
        turn += 1
    save(a.steps)


if __name__ == "__main__":
    main()
