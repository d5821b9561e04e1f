"""Speaks the texts with every synthesiser that is installed: espeak-ng, flite, festival. One pair of files a shard,
`NAME.pcm` (16 kHz, 16 bits) and `NAME.jsonl` (one line an utterance). Equal arguments give equal sound."""

import argparse, json, math, os, random, tempfile
from multiprocessing import Pool

import numpy as np
from synthesisers import Espeak, Flite, accent, espeak, festival, flite
from voices import prepare

RATE = 16000
BATCH = 24


def to_rate(samples, rate):
    """Resamples by cutting or padding the spectrum: no aliasing. Silence behind makes the length one of small factors, for
    which the transform is fast."""
    if rate == RATE:
        return samples
    common = math.gcd(rate, RATE)
    blocks = -(-len(samples) // (rate // common))
    size = min(2**a * 3**b for b in range(4) for a in range(20) if 2**a * 3**b >= blocks)
    spectrum = np.fft.rfft(samples, size * (rate // common))
    count = size * (RATE // common)
    bins = count // 2 + 1
    spectrum = spectrum[:bins] if bins <= len(spectrum) else np.pad(spectrum, (0, bins - len(spectrum)))
    return (np.fft.irfft(spectrum, count) * (RATE / rate))[: int(len(samples) * RATE / rate)]


def trim(samples):
    """To the speech, with 50 ms before and 100 ms behind; undefined where there is none."""
    loud = np.flatnonzero(np.abs(samples) > 150)
    if len(samples) < 1500 or len(loud) < 100:
        return None
    samples = samples[max(0, loud[0] - 800) : loud[-1] + 1600]
    return (samples / max(1, np.abs(samples).max()) * 20000).astype(np.int16)


def speak_batch(job):
    """In a process of its own, so that no state of a synthesiser goes from one batch to the next."""
    synthesiser, seed, split, texts, data = job
    draw = random.Random(seed)
    spoken = []
    if synthesiser in ("festival", "accent"):
        with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
            spoken_here = festival(texts, draw, split, folder, data) if synthesiser == "festival" else accent(texts, draw, folder)
            sounds = list(spoken_here)
    elif synthesiser == "flite":
        library = Flite()
        sounds = [flite(library, text, draw, split) for text in texts]
    else:
        library = Espeak(f"{data}/espeak")
        sounds = [espeak(library, text, draw, split) for text in texts]
    for text, (voice, (samples, rate)) in zip(texts, sounds):
        cut = trim(to_rate(samples, rate))
        if cut is not None:
            spoken.append(({**text, "voice": voice}, cut))
    return spoken


def write_shard(path, jobs, pool):
    if os.path.exists(f"{path}.jsonl"):
        return
    offset, count = 0, 0
    with open(f"{path}.pcm", "wb") as sound, open(f"{path}.part", "w") as lines:
        for batch in pool.imap(speak_batch, jobs):
            for text, samples in batch:
                sound.write(samples.tobytes())
                lines.write(json.dumps({**text, "start": offset, "length": len(samples)}, ensure_ascii=False) + "\n")
                offset, count = offset + len(samples), count + 1
    os.rename(f"{path}.part", f"{path}.jsonl")
    print(path, count, f"{offset / RATE / 60:.0f} min", flush=True)


#: Utterances of all training shards together: to hear sentences in, with a word to stop, with words that are nearly that.
SIZES = {
    "espeak": (44000, 2400, 3200),
    "mandarin": (16000, 2400, 1800),
    "flite": (25600, 2000, 2000),
    "festival": (12800, 1200, 1200),
}
#: The same of the speakers of other languages, in shards of their own.
ACCENT_SIZES = (22400, 2000, 2000)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=".data/ears")
    parser.add_argument("--shards", type=int, default=32)
    parser.add_argument("--until", type=int, help="write only so many of the shards")
    parser.add_argument("--words-until", type=int, help="the same of those with words to stop, which are short")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--only", help="train or test")
    options = parser.parse_args()
    data = os.path.abspath(options.data)
    prepare(data)

    def read(name):
        """Every text once, by language."""
        with open(f"{data}/texts-{name}.jsonl") as file:
            texts = list({text["text"]: text for text in map(json.loads, file)}.values())
        return {language: [text for text in texts if text["language"] == language] for language in ("en", "zh")}

    def jobs(synthesiser, seed, split, texts):
        return [(synthesiser, seed * 100003 + i, split, texts[i : i + BATCH], data) for i in range(0, len(texts), BATCH)]

    def again(texts, count):
        """So many, in turn."""
        return [texts[i % len(texts)] for i in range(count)]

    scale = lambda n: max(4, int(n * options.scale))
    held, calibration, templates = read("held"), read("calibration"), read("templates")
    stops_held, stops_calibration = read("stops-held"), read("stops-calibration")
    tests = {
        "seen-espeak": jobs("espeak", 1, "seen", held["en"][: scale(250)]),
        "seen-flite": jobs("flite", 2, "seen", held["en"][250 : 250 + scale(200)]),
        "seen-festival": jobs("festival", 3, "seen", held["en"][450 : 450 + scale(200)]),
        "seen-mandarin": jobs("espeak", 4, "seen", held["zh"][: scale(200)]),
        "unseen-espeak": jobs("espeak", 5, "unseen", held["en"][650 : 650 + scale(250)]),
        "unseen-flite": jobs("flite", 6, "unseen", held["en"][900 : 900 + scale(250)]),
        "unseen-festival": jobs("festival", 7, "unseen", held["en"][1150 : 1150 + scale(250)]),
        "unseen-mandarin": jobs("espeak", 8, "unseen", held["zh"][200 : 200 + scale(200)]),
        "templates-espeak": jobs("espeak", 9, "seen", templates["en"][: scale(150)]),
        "tune-espeak": jobs("espeak", 21, "tune", calibration["en"][: scale(200)]),
        "tune-flite": jobs("flite", 22, "tune", calibration["en"][200 : 200 + scale(200)]),
        "tune-festival": jobs("festival", 23, "tune", calibration["en"][400 : 400 + scale(200)]),
        "tune-mandarin": jobs("espeak", 24, "tune", calibration["zh"][: scale(150)]),
    }
    counts = {"espeak": (10, "en", 400), "flite": (11, "en", 300), "festival": (12, "en", 300), "mandarin": (13, "zh", 400)}
    for name, (seed, language, count) in counts.items():
        synthesiser = "espeak" if name == "mandarin" else name
        tests[f"stops-{name}"] = jobs(synthesiser, seed, "unseen", again(stops_held[language], scale(count)))
        tests[f"tunestops-{name}"] = jobs(synthesiser, seed + 20, "tune", again(stops_calibration[language], scale(200)))
        # By the voices that it knows, too, and what is no word to stop: in other sentences and voices than the figures above.
        tests[f"seenstops-{name}"] = jobs(synthesiser, seed + 30, "seen", again(stops_held[language][::-1], scale(150)))
        tests[f"other-{name}"] = jobs(synthesiser, seed + 40, "unseen", again(held[language][::-1], scale(250)))
        tests[f"tuneother-{name}"] = jobs(synthesiser, seed + 50, "tune", again(calibration[language][::-1], scale(250)))

    # A process for each batch.
    with Pool(options.processes, maxtasksperchild=1) as pool:
        if options.only != "train":
            for name, batches in tests.items():
                write_shard(f"{data}/test-{name}", batches, pool)
        if options.only == "test":
            return
        train, stops, near = read("train"), read("stops"), read("near")
        until = options.until or options.shards
        for shard in range(max(until, options.words_until or until)):
            speech, words = [], []
            first = {"en": 0, "zh": 0}
            for number, (name, sizes) in enumerate(SIZES.items()):
                language = "zh" if name == "mandarin" else "en"
                synthesiser = "espeak" if name == "mandarin" else name
                each = [max(1, scale(size) // options.shards) for size in sizes]
                # No sentence is spoken twice by anyone as long as there are enough.
                start = first[language] + shard * each[0]
                first[language] += each[0] * options.shards
                speech += jobs(synthesiser, 1000 + shard * 10 + number, "train", [train[language][(start + i) % len(train[language])] for i in range(each[0])])
                texts = [some[language][(shard * count + i * 7) % len(some[language])] for some, count in zip((stops, near), each[1:]) for i in range(count)]
                words += jobs(synthesiser, 2000 + shard * 10 + number, "train", texts)
            write_shard(f"{data}/words-{shard:02d}", words, pool)
            if shard >= until:
                continue
            write_shard(f"{data}/train-{shard:02d}", speech, pool)
            many, *few = [max(1, scale(size) // options.shards) for size in ACCENT_SIZES]
            # From the end, so that few are said by the others too.
            texts = [train["en"][-1 - (shard * many + i) % len(train["en"])] for i in range(many)]
            texts += [some["en"][(shard * count + i * 11) % len(some["en"])] for some, count in zip((stops, near), few) for i in range(count)]
            write_shard(f"{data}/accents-{shard:02d}", jobs("accent", 3000 + shard, "train", texts), pool)


if __name__ == "__main__":
    main()
