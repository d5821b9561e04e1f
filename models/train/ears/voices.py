"""Who speaks: the speakers of each synthesiser, and hundreds of made-up ones for those that let themselves be set."""

import glob
import os
import random

VARIANT_FOLDERS = ("/usr/lib/x86_64-linux-gnu/espeak-ng-data", "/usr/share/espeak-ng-data")
#: Voice variants that are no imitation of a speaker.
UNNATURAL = ("whisper", "croak", "fast", "Tweaky", "Demonic", "robosoft", "anikaRobot", "UniRobot", "belinda", "zac")
ACCENTS = ("en-us", "en-us", "en-us", "en", "en", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029")
ACCENTS_HELD = ("en-gb-scotland", "en-us-nyc")
FLITE, FLITE_HELD = ("kal16", "kal", "awb", "slt", "slt", "awb"), ("rms",)
FESTIVAL, FESTIVAL_HELD = ("kal_diphone", "cmu_us_slt_arctic_hts"), ("ked_diphone",)
#: espeak-ng looks at no more than 350 voices altogether.
MADE_UP, MADE_UP_FOR_CALIBRATION = 200, 24
HTS_VOICE = "/usr/share/festival/voices/us/cmu_us_slt_arctic_hts/hts/cmu_us_slt_arctic_hts.htsvoice"
#: How the frequencies of the HTS voice are bent; 0.45 is its own. Less is a larger head.
ALPHAS = (0.33, 0.36, 0.39, 0.42, 0.45, 0.48, 0.51, 0.54)


def espeak_data():
    return next(f for f in VARIANT_FOLDERS if os.path.isdir(f))


def variants():
    """Those to train on, for calibration, and held out."""
    names = sorted(v for v in os.listdir(f"{espeak_data()}/voices/!v") if not v.startswith(UNNATURAL))
    random.Random(7).shuffle(names)
    return names[24:], names[18:24], names[:18]


VARIANTS, VARIANTS_FOR_CALIBRATION, VARIANTS_HELD = variants()


def made_up(draw):
    """A speaker for espeak-ng: size of the head, how each formant differs, pitch, breath, roughness, rhythm."""
    female = draw.random() < 0.45
    low = draw.uniform(130, 260) if female else draw.uniform(55, 140)
    size = draw.uniform(100, 132) if female else draw.uniform(84, 112)
    lines = ["language variant", f"name made{draw.randint(0, 1 << 30)}", f"gender {'female' if female else 'male'}"]
    lines.append(f"pitch {low:.0f} {low * draw.uniform(1.12, 1.9):.0f}")
    for formant in range(0, 9):
        here = size * draw.uniform(0.93, 1.07)
        add = draw.randint(-120, 160) if formant in (2, 3) and draw.random() < 0.3 else 0
        lines.append(f"formant {formant} {here:.0f} {draw.uniform(65, 120):.0f} {draw.uniform(80, 180):.0f} {add}")
    if draw.random() < 0.3:
        lines.append(f"klatt {draw.randint(1, 5)}")
    if draw.random() < 0.5:
        lines.append(f"flutter {draw.randint(0, 12)}")
    if draw.random() < 0.4:
        lines.append(f"roughness {draw.randint(0, 4)}")
    if draw.random() < 0.3:
        lines.append("breath " + " ".join(str(draw.randint(0, 5)) for _ in range(8)))
    if draw.random() < 0.3:
        lines.append(f"voicing {draw.randint(60, 130)}")
    if draw.random() < 0.5:
        lines.append(f"consonants {draw.randint(60, 150)} {draw.randint(60, 150)}")
    if draw.random() < 0.25:
        lines.append(f"echo {draw.randint(10, 120)} {draw.randint(3, 18)}")
    if draw.random() < 0.4:
        lines.append("tone " + " ".join(f"{hz} {draw.randint(80, 255)}" for hz in (100, 600, 1200, 2000, 3000)))
    if draw.random() < 0.5:
        lines.append("stressAdd " + " ".join(str(draw.randint(-20, 30)) for _ in range(7)) + f" {draw.randint(0, 90)}")
    if draw.random() < 0.3:
        lines.append("stressAmp " + " ".join(str(draw.randint(15, 22)) for _ in range(8)))
    if draw.random() < 0.3:
        lines.append(f"intonation {draw.randint(1, 4)}")
    return "\n".join(lines) + "\n"


def prepare(folder):
    """Data of espeak-ng with the made-up speakers beside its own, and copies of the HTS voice with other heads."""
    inside, own = f"{folder}/espeak/espeak-ng-data", espeak_data()
    if not os.path.isdir(inside):
        for path in glob.glob(f"{own}/**/*", recursive=True):
            target = inside + path[len(own) :]
            # Of the languages English and Mandarin alone, and nobody else's speakers, to leave room.
            if "/voices/mb" in path:
                continue
            if "/lang/" in path and os.path.isfile(path) and not os.path.basename(path).startswith(("en", "cmn")):
                continue
            if os.path.isdir(path):
                os.makedirs(target, exist_ok=True)
            else:
                os.makedirs(os.path.dirname(target), exist_ok=True)
                os.symlink(path, target)
        for number in range(MADE_UP + MADE_UP_FOR_CALIBRATION):
            name = f"made{number:03d}" if number < MADE_UP else f"tune{number - MADE_UP:03d}"
            with open(f"{inside}/voices/!v/{name}", "w") as file:
                file.write(made_up(random.Random(5000 + number)))
    if os.path.exists(HTS_VOICE):
        with open(HTS_VOICE, "rb") as file:
            data = file.read()
        for alpha in ALPHAS:
            with open(f"{folder}/espeak/head-{alpha}.htsvoice", "wb") as file:
                file.write(data.replace(b"ALPHA=0.45", b"ALPHA=%.2f" % alpha, 1))
    return f"{folder}/espeak"
