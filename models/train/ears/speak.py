"""Speaks the texts with every synthesiser that is installed: espeak-ng, flite, festival. One pair of files a shard,
`NAME.pcm` (16 kHz, 16 bits) and `NAME.jsonl` (one line an utterance). Equal arguments give equal sound."""

import argparse, ctypes, json, math, os, random, subprocess, tempfile
from multiprocessing import Pool

import numpy as np
from accents import LISTEN, SPEAKERS, told, with_accent
from voices import (
    ACCENTS, ACCENTS_HELD, ALPHAS, FESTIVAL, FESTIVAL_HELD, FLITE, FLITE_HELD, MADE_UP, MADE_UP_FOR_CALIBRATION,
    VARIANTS, VARIANTS_FOR_CALIBRATION, VARIANTS_HELD, prepare,
)  # fmt: skip

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


class Espeak:
    """The library in this process: starting a program for each sentence takes ten times as long."""

    def __init__(self, folder):
        self.library, self.chunks = ctypes.CDLL("libespeak-ng.so.1"), []
        callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

        def keep(sound, count, _):
            if sound and count > 0:
                self.chunks.append(np.ctypeslib.as_array(sound, (count,)).copy())
            return 0

        self.keep = callback(keep)
        self.rate = self.library.espeak_Initialize(2, 0, folder.encode(), 0)
        self.library.espeak_SetSynthCallback(self.keep)

    def say(self, text, voice, speed, pitch, gap):
        self.chunks.clear()
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice}")
        for parameter, value in ((1, speed), (3, pitch), (7, gap)):
            self.library.espeak_SetParameter(parameter, value, 0)
        data = text.encode()
        self.library.espeak_Synth(data, len(data) + 1, 0, 0, 0, 0x1001, None, None)
        self.library.espeak_Synchronize()
        return np.concatenate(self.chunks or [np.zeros(1)]).astype(np.float32), self.rate


def espeak(library, text, draw, split):
    language = text["language"]
    if split == "unseen":
        variant = draw.choice(VARIANTS_HELD)
    elif split == "tune":
        variant = draw.choice(VARIANTS_FOR_CALIBRATION) if draw.random() < 0.5 else f"tune{draw.randrange(MADE_UP_FOR_CALIBRATION):03d}"
    elif split == "train" and draw.random() < 0.65:
        variant = f"made{draw.randrange(MADE_UP):03d}"
    else:
        variant = draw.choice(VARIANTS)
    accents = ACCENTS_HELD if split == "unseen" and draw.random() < 0.5 else ACCENTS
    voice = f"{draw.choice(accents) if language == 'en' else 'cmn-latn-pinyin'}+{variant}"
    speed, pitch, gap = draw.randint(115, 205), draw.randint(20, 85), draw.choice((0, 0, 0, 1, 2))
    if language == "zh":
        speed = draw.randint(110, 190)
    return voice, library.say(text["say"], voice, speed, pitch, gap)


class Wave(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_char_p), ("rate", ctypes.c_int), ("count", ctypes.c_int), ("channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    ]  # fmt: skip


class Speaker(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("features", ctypes.c_void_p)]


class Flite:
    def __init__(self):
        self.library = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
        for name in ("usenglish", "cmulex"):
            ctypes.CDLL(f"libflite_{name}.so.1", mode=ctypes.RTLD_GLOBAL)
        self.library.flite_init()
        self.library.flite_text_to_wave.restype = ctypes.POINTER(Wave)
        self.library.flite_text_to_wave.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
        self.library.feat_set_float.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float]
        self.library.delete_wave.argtypes = [ctypes.c_void_p]
        self.speakers = {}

    def say(self, text, name, settings):
        if name not in self.speakers:
            register = getattr(ctypes.CDLL(f"libflite_cmu_us_{name}.so.1"), f"register_cmu_us_{name}")
            register.restype, register.argtypes = ctypes.POINTER(Speaker), [ctypes.c_char_p]
            self.speakers[name] = register(None)
        speaker = self.speakers[name]
        for key, value in settings.items():
            self.library.feat_set_float(speaker.contents.features, key.encode(), value)
        wave = self.library.flite_text_to_wave(text.encode(), ctypes.cast(speaker, ctypes.c_void_p))
        samples = np.ctypeslib.as_array(wave.contents.samples, (wave.contents.count,)).astype(np.float32)
        rate = wave.contents.rate
        self.library.delete_wave(wave)
        return samples, rate


def flite(library, text, draw, split):
    voice = draw.choice(FLITE_HELD if split == "unseen" else FLITE)
    wide = split in ("train", "tune")
    settings = {"duration_stretch": draw.uniform(0.75, 1.35) if wide else draw.uniform(0.8, 1.25)}
    if voice.startswith("kal"):
        settings["int_f0_target_mean"] = draw.uniform(70, 210) if wide else draw.uniform(80, 160)
        if wide:
            settings["int_f0_target_stddev"] = draw.uniform(6, 34)
    elif wide:
        settings["f0_shift"] = draw.uniform(0.65, 1.6)
    return f"flite-{voice}", library.say(text["say"], voice, settings)


def festival(texts, draw, split, folder, data):
    """A whole batch in one process: it starts slowly."""
    script, voices = [], []
    wide = split in ("train", "tune")
    for i, text in enumerate(texts):
        voice = draw.choice(FESTIVAL_HELD if split == "unseen" else FESTIVAL)
        voices.append(f"festival-{voice}")
        stretch = draw.uniform(0.72, 1.35) if wide else draw.uniform(0.82, 1.25)
        mean, spread = (draw.uniform(65, 230), draw.uniform(4, 36)) if wide else (draw.uniform(80, 165), draw.uniform(8, 24))
        script.append(f"(voice_{voice}) (Parameter.set 'Duration_Stretch {stretch:.2f})")
        if "diphone" in voice:
            script.append(
                f"(set! int_lr_params '((target_f0_mean {mean:.0f}) (target_f0_std {spread:.0f})"
                " (model_f0_mean 170) (model_f0_std 34)))"
            )
        elif wide:
            head, speed = f"{data}/espeak/head-{draw.choice(ALPHAS)}.htsvoice", draw.uniform(0.78, 1.35)
            script.append(
                f"(set! hts_engine_params (list (list \"-m\" \"{head}\") '(\"-g\" 0.0) '(\"-b\" 0.0) '(\"-u\" 0.5) '(\"-r\" {speed:.2f})))"
            )
        script.append(f'(utt.save.wave (utt.synth (Utterance Text "{text["say"]}")) "{folder}/{i}.wav" \'riff)')
    run_festival(script, folder)
    for i, voice in enumerate(voices):
        with open(f"{folder}/{i}.wav", "rb") as file:
            yield voice, read_wav(file.read())


def accent(texts, draw, folder):
    """What festival's English voice says, said by speakers of other languages."""
    script = [LISTEN]
    for i, text in enumerate(texts):
        script.append(f"(voice_kal_diphone) (Parameter.set 'Duration_Stretch {draw.uniform(0.75, 1.35):.2f})")
        script.append(f'(tell "{text["say"]}" "{folder}/{i}.txt")')
    run_festival(script, folder)
    script, voices = [], []
    for i in range(len(texts)):
        voice = draw.choice(list(SPEAKERS))
        voices.append(f"accent-{voice}")
        segments = with_accent(*told(f"{folder}/{i}.txt"), voice, draw)
        script.append(f"(voice_{voice})")
        script.append(f"(utt.save.wave (utt.synth (eval (list 'Utterance 'Segments '{segments}))) \"{folder}/{i}.wav\" 'riff)")
    run_festival(script, folder)
    for i, voice in enumerate(voices):
        with open(f"{folder}/{i}.wav", "rb") as file:
            yield voice, read_wav(file.read())


def run_festival(script, folder):
    with open(f"{folder}/say.scm", "w") as file:
        file.write("\n".join(script))
    subprocess.run(["festival", "-b", f"{folder}/say.scm"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


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
ACCENT_SIZES = (12800, 1200, 1200)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=".data/ears")
    parser.add_argument("--shards", type=int, default=32)
    parser.add_argument("--until", type=int, help="write only so many of the shards")
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
        for shard in range(options.until or options.shards):
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
            write_shard(f"{data}/train-{shard:02d}", speech, pool)
            write_shard(f"{data}/words-{shard:02d}", words, pool)
            many, *few = [max(1, scale(size) // options.shards) for size in ACCENT_SIZES]
            # From the end, so that few are said by the others too.
            texts = [train["en"][-1 - (shard * many + i) % len(train["en"])] for i in range(many)]
            texts += [some["en"][(shard * count + i * 11) % len(some["en"])] for some, count in zip((stops, near), few) for i in range(count)]
            write_shard(f"{data}/accents-{shard:02d}", jobs("accent", 3000 + shard, "train", texts), pool)


if __name__ == "__main__":
    main()
