"""English by the diphone speakers of other languages, with the sounds that theirs have: whoever speaks so has an accent, but a
head, a microphone and a way to join sounds that no English voice here has. Sounds and melody come from festival's own voice."""

#: Speakers of festival, each with the sounds of its language, and the hertz about which it speaks.
SPEAKERS = {
    "lp_diphone": ("italian", (130, 240)),
    "pc_diphone": ("italian", (75, 160)),
    "czech_dita": ("czech", (130, 240)),
    "czech_krb": ("czech", (150, 280)),
    "czech_machac": ("czech", (70, 160)),
    "czech_ph": ("czech", (75, 165)),
    "suo_fi_lj_diphone": ("finnish", (130, 240)),
    "hy_fi_mv_diphone": ("finnish", (75, 160)),
    "hindi_NSK_diphone": ("hindi", (75, 165)),
    "msu_ru_nsh_clunits": ("russian", (75, 165)),
}
SAME = {sound: sound for sound in "b d f g k l m n p r s t v".split()}
#: For each sound of English what is said for it; what is not there is left out. A slash is between two of which one is drawn.
SOUNDS = {
    "italian": {
        **SAME, "aa": "a", "ae": "E/a", "ah": "a", "ax": "e/a", "ao": "O", "aw": "a u", "ay": "a i", "eh": "E", "er": "E r",
        "axr": "e r", "ey": "e i", "ih": "i", "iy": "i1", "ow": "o u", "oy": "O i", "uh": "u", "uw": "u1", "ch": "tS", "dh": "d",
        "jh": "dZ", "ng": "ng", "sh": "S", "th": "t/f", "w": "w", "y": "j", "z": "z", "zh": "Z", "pau": "#",
    },
    "czech": {
        **SAME, "aa": "a:", "ae": "e/a", "ah": "a", "ax": "e", "ao": "o:", "aw": "a u", "ay": "a j", "eh": "e", "er": "e: r",
        "axr": "e r", "ey": "e j", "hh": "h", "ih": "i", "iy": "i:", "ow": "o u", "oy": "o j", "uh": "u", "uw": "u:", "ch": "c~",
        "dh": "d/z", "jh": "dz~", "ng": "n*", "sh": "s~", "th": "t/s", "w": "v/u", "y": "j", "z": "z", "zh": "z~", "pau": "#",
    },
    "finnish": {
        **SAME, "aa": "a", "ae": "&", "ah": "a", "ax": "7", "ao": "o", "aw": "a u", "ay": "a i", "eh": "e", "er": "7 r",
        "axr": "7 r", "ey": "e i", "hh": "h", "ih": "i", "iy": "i i", "ow": "o u", "oy": "o i", "uh": "u", "uw": "u u",
        "ch": "t s", "dh": "d", "jh": "d s", "ng": "N", "sh": "s", "th": "t", "w": "v/u", "y": "j", "z": "s", "zh": "s", "pau": "#",
    },
    "hindi": {
        **SAME, "aa": "aa", "ae": "eh", "ah": "a", "ax": "a", "ao": "oh", "aw": "aw", "ay": "ay", "eh": "ee/eh", "er": "a r", "axr": "a r",
        "ey": "ee", "hh": "h", "ih": "ih", "iy": "iy", "ow": "oo", "oy": "oh ih", "uh": "uh", "uw": "uw", "ch": "ch", "d": "D", "dh": "dh",
        "jh": "j", "ng": "N", "sh": "sh", "t": "T", "th": "th", "w": "v", "y": "y", "z": "s/j", "zh": "sh", "pau": "pau",
    },
    "russian": {
        **SAME, "aa": "aa", "ae": "ee", "ah": "a", "ax": "ae", "ao": "oo", "aw": "aa u", "ay": "aa j", "eh": "ee", "er": "oo r",
        "axr": "ae r", "ey": "ee j", "hh": "h", "ih": "yy/i", "iy": "ii", "ow": "oo u", "oy": "oo j", "uh": "u", "uw": "uu", "ch": "ch",
        "dh": "d/z", "jh": "d zh", "ng": "n", "sh": "sh", "th": "t/s", "w": "v/u", "y": "j", "z": "z", "zh": "zh", "pau": "pau",
    },
}  # fmt: skip

#: Has a sentence said by the English voice, and writes down its sounds with their ends and its melody.
LISTEN = """
(voice_kal_diphone)
(define (tell text path)
  (let ((utt (utt.synth (eval (list 'Utterance 'Text text)))) (out (fopen path "w")))
    (mapcar (lambda (s) (format out "%s %f\\n" (item.name s) (item.feat s "end"))) (utt.relation.items utt 'Segment))
    (mapcar (lambda (t) (format out "* %f %f\\n" (item.feat t "pos") (item.feat t "f0"))) (utt.relation.leafs utt 'Target))
    (fclose out)))
"""


def told(path):
    """[sound, end in seconds] and [seconds, hertz] of one sentence."""
    sounds, melody = [], []
    with open(path) as file:
        for line in file:
            parts = line.split()
            if parts[0] == "*":
                melody.append((float(parts[1]), float(parts[2])))
            else:
                sounds.append((parts[0], float(parts[1])))
    return sounds, melody


def with_accent(sounds, melody, speaker, draw):
    """The list of segments that festival's Utterance Segments takes: (sound length (seconds from its start, hertz)...)."""
    language, (low, high) = SPEAKERS[speaker]
    mean = sum(hertz for _, hertz in melody) / max(1, len(melody))
    aim, spread = draw.uniform(low, high), draw.uniform(0.5, 1.5)
    bent = [(at, max(50, aim + (hertz - mean) * spread * aim / mean)) for at, hertz in melody]
    segments, began, next_note = [], 0.0, 0
    for sound, end in sounds:
        said = SOUNDS[language].get(sound)
        if said is None:
            # Its time goes to what follows.
            continue
        parts = draw.choice(said.split("/")).split()
        for i, part in enumerate(parts):
            length = (end - began) / len(parts)
            start, notes = began + i * length, ""
            while next_note < len(bent) and bent[next_note][0] <= start + length + 1e-6:
                notes += " (%.4f %.1f)" % (max(0.0, bent[next_note][0] - start), bent[next_note][1])
                next_note += 1
            segments.append(f'("{part}" {length:.4f}{notes})')
        began = end
    return f"({' '.join(segments)})"
