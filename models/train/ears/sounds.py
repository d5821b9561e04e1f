"""How each English word of the texts sounds, one character a sound, by the dictionary of flite (CMU's) and its rules for words
that are not in it. Network and decoder work with these: English spelling would have to be learnt from much more speech."""

import argparse
import ctypes
import glob
import json
import os

#: CMU's sounds without stress; the unstressed vowel of "about" is the vowel of "cup".
SOUNDS = {
    "aa": "A", "ae": "&", "ah": "^", "ax": "^", "ao": "O", "aw": "%", "ay": "I", "eh": "E", "er": "3", "axr": "3", "ey": "1",
    "ih": "!", "iy": "2", "ow": "0", "oy": "5", "uh": "6", "uw": "U", "b": "B", "ch": "C", "d": "D", "dh": "+", "f": "F",
    "g": "G", "hh": "H", "jh": "J", "k": "K", "l": "L", "m": "M", "n": "N", "ng": "9", "p": "P", "r": "R", "s": "S", "sh": "$",
    "t": "T", "th": "#", "v": "V", "w": "W", "y": "Y", "z": "Z", "zh": "~",
}  # fmt: skip


#: What is put to a word by an apostrophe; the dictionary has the others.
ENDINGS = {"d": "D", "re": "R", "ll": "L", "ve": "V", "m": "M"}
NOT = {"can't": "K&NT", "don't": "D0NT", "won't": "W0NT"}


def look_up(words):
    """By flite's library; festival has the same dictionary and is a thousand times as slow."""
    library = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
    lexicon = ctypes.CDLL("libflite_cmulex.so.1", mode=ctypes.RTLD_GLOBAL).cmu_lex_init
    library.flite_init()
    lexicon.restype = ctypes.c_void_p
    for name in ("lex_lookup", "val_car", "val_cdr"):
        getattr(library, name).restype = ctypes.c_void_p
    library.lex_lookup.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p]
    library.val_car.argtypes = library.val_cdr.argtypes = library.val_string.argtypes = [ctypes.c_void_p]
    library.val_string.restype = ctypes.c_char_p
    dictionary, found = lexicon(), {}
    def one(word):
        sounds, at = "", library.lex_lookup(dictionary, word.encode(), None, None)
        while at:
            sounds += SOUNDS[library.val_string(library.val_car(at)).decode().rstrip("012")]
            at = library.val_cdr(at)
        return sounds

    for word in words:
        head, _, tail = word.partition("'")
        if tail in ENDINGS:
            found[word] = one(head) + ENDINGS[tail]
        elif tail == "s":
            found[word] = one(head) + ("S" if one(head)[-1] in "PTKF#" else "Z")
        elif word.endswith("n't"):
            found[word] = NOT.get(word) or one(word[:-3]) + "^NT"
        else:
            found[word] = one(word)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=".data/ears")
    options = parser.parse_args()
    words = set()
    for path in glob.glob(f"{options.data}/texts-*.jsonl"):
        with open(path) as file:
            for text in map(json.loads, file):
                if text["language"] == "en":
                    words.update(text["spell"].split())
    words = sorted(words)
    found = look_up(words)
    missing = [word for word in words if not found.get(word)]
    if missing:
        raise ValueError(f"no sounds for {missing[:10]}")
    with open(f"{options.data}/sounds.json.new", "w") as file:
        json.dump(found, file, indent=0)
    os.replace(f"{options.data}/sounds.json.new", f"{options.data}/sounds.json")
    print(f"{len(found)} words", flush=True)


if __name__ == "__main__":
    main()
