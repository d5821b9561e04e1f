"""The spoken texts of `speak.py`, mapped into memory."""

import glob
import json
import os

import numpy as np


class Shards:
    """Utterances of all shards of these names that are complete by now."""

    def __init__(self, folder, *patterns):
        self.names, self.rows, self.sounds = [], [], []
        with open(os.path.join(folder, "sounds.json")) as file:
            sounds = json.load(file)
        for path in sorted(path for pattern in patterns for path in glob.glob(f"{folder}/{pattern}.jsonl")):
            if os.path.getsize(path[:-6] + ".pcm") == 0:
                continue
            sound = np.memmap(path[:-6] + ".pcm", np.int16, mode="r")
            with open(path) as lines:
                for line in lines:
                    row = json.loads(line)
                    row["shard"] = len(self.sounds)
                    # What is to be written: syllables in pinyin, English words as they sound.
                    words = row["spell"].split()
                    row["sounds"] = " ".join(words if row["language"] == "zh" else (sounds[word] for word in words))
                    self.rows.append(row)
            self.sounds.append(sound)
            self.names.append(path)
        self.lengths = np.array([row["length"] for row in self.rows])

    def __len__(self):
        return len(self.rows)

    def sound(self, index):
        row = self.rows[index]
        start = row["start"]
        return self.sounds[row["shard"]][start : start + row["length"]].astype(np.float32) / 32768
