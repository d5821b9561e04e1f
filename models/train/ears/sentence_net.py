"""The network of sentences: how likely these words are in this order, looked at from the first to the last. Where several sentences
sound alike, the likelier is taken (`src/adapters/ears/choose-words.ts`)."""

import torch
import torch.nn as nn
import torch.nn.functional as F

#: Behind the last word of a shorter sentence.
NOTHING = -1


class Sentences(nn.Module):
    """Tokens are those of `language.json`: words, then syllables; one more is the end, which also stands before the first."""

    def __init__(self, tokens, width=160, memory=320):
        super().__init__()
        self.end = tokens
        self.meaning = nn.Embedding(tokens + 1, width)
        self.read = nn.GRU(width, memory, batch_first=True)
        self.expect = nn.Linear(memory, width, bias=False)
        self.bias = nn.Parameter(torch.zeros(tokens + 1))
        self.drop = nn.Dropout(0.2)

    def forward(self, before):
        """Tokens [sentences, length] to logits of the one that follows each: [sentences, length, tokens + 1]."""
        memory, _ = self.read(self.drop(self.meaning(before)))
        return self.drop(self.expect(memory)) @ self.meaning.weight.T + self.bias


class Judge(nn.Module):
    """What is exported: sentences [sentences, length], each ended by `end` and filled up with NOTHING, to their natural logarithms
    of probability [sentences]."""

    def __init__(self, sentences):
        super().__init__()
        self.sentences = sentences

    def forward(self, words):
        first = torch.full_like(words[:, :1], self.sentences.end)
        before = torch.cat([first, words[:, :-1]], 1)
        scores = F.log_softmax(self.sentences(torch.where(before < 0, self.sentences.end, before)), -1)
        each = torch.gather(scores, 2, torch.clamp(words, min=0)[:, :, None])[:, :, 0]
        return each.masked_fill(words < 0, 0).sum(1)
