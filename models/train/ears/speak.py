"""Speaks the texts with every synthesiser that is installed: espeak-ng, flite, festival. One pair of files a shard,
`NAME.pcm` (16 kHz, 16 bits) and `NAME.jsonl` (one line an utterance). Equal arguments give equal sound."""

import argparse, json, os, random, subprocess, tempfile
from multiprocessing import Pool

import numpy as np

RATE = 16000
#: Voice variants that are no imitation of a speaker.
UNNATURAL = ("whisper", "croak", "fast", "Tweaky", "Demonic", "robosoft", "anikaRobot", "UniRobot", "belinda", "zac")
VARIANT_FOLDERS = ("/usr/lib/x86_64-linux-gnu/espeak-ng-data/voices/!v", "/usr/share/espeak-ng-data/voices/!v")
ACCENTS = ("en-us", "en-us", "en-us", "en-gb", "en-gb", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029")
ACCENTS_HELD = ("en-gb-scotland", "en-us-nyc")
FLITE, FLITE_HELD = ("kal16", "kal", "awb", "slt", "slt", "awb"), ("rms",)
FESTIVAL, FESTIVAL_HELD = ("kal_diphone", "cmu_us_slt_arctic_hts"), ("ked_diphone",)
BATCH = 24


def variants():
    folder = next(f for f in VARIANT_FOLDERS if os.path.isdir(f))
    names = sorted(v for v in os.listdir(folder) if not v.startswith(UNNATURAL))
    random.Random(7).shuffle(names)
    return names[18:], names[:18]


VARIANTS, VARIANTS_HELD = variants()


def to_rate(samples, rate):
    """Resamples by cutting or padding the spectrum: no aliasing."""
    if rate == RATE:
        return samples
    count = int(len(samples) * RATE / rate)
    spectrum, bins = np.fft.rfft(samples), count // 2 + 1
    spectrum = spectrum[:bins] if bins <= len(spectrum) else np.pad(spectrum, (0, bins - len(spectrum)))
    return np.fft.irfft(spectrum, count) * (count / len(samples))


def read_wav(data):
    """16-bit mono; the length in the header may be missing (a pipe)."""
    start = data.find(b"data") + 8
    rate = int.from_bytes(data[24:28], "little")
    return np.frombuffer(data[start : len(data) - (len(data) - start) % 2], np.int16).astype(np.float32), rate


def trim(samples):
    """To the speech, with 50 ms before and 100 ms behind; undefined where there is none."""
    loud = np.flatnonzero(np.abs(samples) > 150)
    if len(samples) < 1500 or len(loud) < 100:
        return None
    samples = samples[max(0, loud[0] - 800) : loud[-1] + 1600]
    return (samples / max(1, np.abs(samples).max()) * 20000).astype(np.int16)


def espeak(text, draw, held, language):
    variant = draw.choice(VARIANTS_HELD if held else VARIANTS)
    accents = ACCENTS_HELD if held and draw.random() < 0.5 else ACCENTS
    voice = f"{draw.choice(accents) if language == 'en' else 'cmn-latn-pinyin'}+{variant}"
    speed, pitch, gap = draw.randint(115, 205), draw.randint(20, 85), draw.choice((0, 0, 0, 1, 2))
    if language == "zh":
        speed = draw.randint(110, 190)
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "-g", str(gap), "--stdout", text["say"]]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return voice, read_wav(done.stdout)


def flite(text, draw, held, path):
    voice = draw.choice(FLITE_HELD if held else FLITE)
    command = ["flite", "-voice", voice, "--setf", f"duration_stretch={draw.uniform(0.8, 1.25):.2f}"]
    if voice.startswith("kal"):
        command += ["--setf", f"int_f0_target_mean={draw.uniform(80, 160):.0f}"]
    subprocess.run([*command, "-t", text["say"], "-o", path], check=True)
    with open(path, "rb") as file:
        return f"flite-{voice}", read_wav(file.read())


def festival(texts, draw, held, folder):
    """A whole batch in one process: it starts slowly."""
    script, voices = [], []
    for i, text in enumerate(texts):
        voice = draw.choice(FESTIVAL_HELD if held else FESTIVAL)
        voices.append(f"festival-{voice}")
        mean = draw.uniform(80, 165)
        script.append(f"(voice_{voice}) (Parameter.set 'Duration_Stretch {draw.uniform(0.82, 1.25):.2f})")
        if "diphone" in voice:
            script.append(
                f"(set! int_lr_params '((target_f0_mean {mean:.0f}) (target_f0_std {draw.uniform(8, 24):.0f})"
                " (model_f0_mean 170) (model_f0_std 34)))"
            )
        script.append(f'(utt.save.wave (utt.synth (Utterance Text "{text["say"]}")) "{folder}/{i}.wav" \'riff)')
    with open(f"{folder}/say.scm", "w") as file:
        file.write("\n".join(script))
    subprocess.run(["festival", "-b", f"{folder}/say.scm"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for i, voice in enumerate(voices):
        with open(f"{folder}/{i}.wav", "rb") as file:
            yield voice, read_wav(file.read())


def speak_batch(job):
    synthesiser, seed, held, texts = job
    draw = random.Random(seed)
    spoken = []
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        if synthesiser == "festival":
            sounds = list(festival(texts, draw, held, folder))
        elif synthesiser == "flite":
            sounds = [flite(text, draw, held, f"{folder}/a.wav") for text in texts]
        else:
            sounds = [espeak(text, draw, held, text["language"]) for text in texts]
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


def batches(synthesiser, seed, held, texts):
    return [
        (synthesiser, seed * 100003 + i, held, texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=".data/ears")
    parser.add_argument("--shards", type=int, default=12)
    parser.add_argument("--until", type=int, help="write only so many of the shards")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()

    def read(name):
        with open(f"{options.data}/texts-{name}.jsonl") as file:
            return [json.loads(line) for line in file]

    def stops(text):
        return ("stop" in text["spell"].split() or "停" in text["text"])

    train, held, templates = read("train"), read("held"), read("templates")
    in_language = lambda texts, language: [t for t in texts if t["language"] == language]
    english, chinese = in_language(train, "en"), in_language(train, "zh")
    english_stops, chinese_stops = [t for t in english if stops(t)], [t for t in chinese if stops(t)]
    held_en, held_zh = in_language(held, "en"), in_language(held, "zh")
    scale = lambda n: max(4, int(n * options.scale))

    with Pool(options.processes) as pool:
        tests = {
            "seen-espeak": batches("espeak", 1, False, held_en[: scale(200)]),
            "seen-flite": batches("flite", 2, False, held_en[200 : 200 + scale(100)]),
            "seen-festival": batches("festival", 3, False, held_en[300 : 300 + scale(100)]),
            "seen-mandarin": batches("espeak", 4, False, held_zh[: scale(150)]),
            "unseen-espeak": batches("espeak", 5, True, held_en[400 : 400 + scale(250)]),
            "unseen-flite": batches("flite", 6, True, held_en[400 : 400 + scale(200)]),
            "unseen-festival": batches("festival", 7, True, held_en[400 : 400 + scale(200)]),
            "unseen-mandarin": batches("espeak", 8, True, held_zh[150 : 150 + scale(150)]),
            "templates-espeak": batches("espeak", 9, False, in_language(templates, "en")[: scale(120)]),
            "stops-espeak": batches("espeak", 10, True, english_stops[: scale(200)]),
            "stops-flite": batches("flite", 11, True, english_stops[200 : 200 + scale(100)]),
            "stops-festival": batches("festival", 12, True, english_stops[300 : 300 + scale(100)]),
            "stops-mandarin": batches("espeak", 13, True, chinese_stops[: scale(200)]),
        }
        for name, jobs in tests.items():
            write_shard(f"{options.data}/test-{name}", jobs, pool)
        sizes = {"espeak": (11000, 900), "flite": (4800, 400), "festival": (2900, 300), "mandarin": (4300, 900)}
        for shard in range(options.until or options.shards):
            jobs = []
            for number, (name, (count, stop_count)) in enumerate(sizes.items()):
                pools = (chinese, chinese_stops) if name == "mandarin" else (english, english_stops)
                texts = []
                for texts_of, wanted in zip(pools, (count, stop_count)):
                    each = max(1, scale(wanted) // options.shards)
                    first = (number * 7919 + shard * each) % max(1, len(texts_of) - each)
                    texts += texts_of[first : first + each]
                jobs += batches("espeak" if name == "mandarin" else name, 1000 + shard * 10 + number, False, texts)
            write_shard(f"{options.data}/train-{shard:02d}", jobs, pool)


if __name__ == "__main__":
    main()
