"""What each synthesiser says: espeak-ng and flite by their libraries in this process, festival as a program for a whole batch.
Sound is samples in the range of 16 bits, with their rate in hertz."""

import ctypes
import subprocess

import numpy as np
from accents import LISTEN, SPEAKERS, told, with_accent
from voices import (
    ACCENTS, ACCENTS_HELD, ALPHAS, FESTIVAL, FESTIVAL_HELD, FLITE, FLITE_HELD, MADE_UP, MADE_UP_FOR_CALIBRATION,
    VARIANTS, VARIANTS_FOR_CALIBRATION, VARIANTS_HELD,
)  # fmt: skip


def read_wav(data):
    """16-bit mono; the length in the header may be missing (a pipe)."""
    start = data.find(b"data") + 8
    rate = int.from_bytes(data[24:28], "little")
    return np.frombuffer(data[start : len(data) - (len(data) - start) % 2], np.int16).astype(np.float32), rate


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
