import { InferenceSession, Tensor } from "onnxruntime-node";

/** How likely whole sentences are, whatever was heard: natural logarithms. Sentences are tokens of the language. */
export type SentenceJudge = (sentences: readonly (readonly number[])[]) => Promise<Float32Array>;

/** Behind the last word of a shorter sentence. */
const NOTHING = -1;

/** The network of sentences (`models/train/ears/sentence_net.py`), for a language of so many tokens: one more ends a sentence. */
export async function loadSentenceJudge(model: Uint8Array, tokens: number, threads = 1): Promise<SentenceJudge> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
  });
  return async (sentences) => {
    if (sentences.length === 0) return new Float32Array();
    const length = Math.max(...sentences.map((words) => words.length)) + 1;
    const words = new BigInt64Array(sentences.length * length).fill(BigInt(NOTHING));
    for (const [row, sentence] of sentences.entries())
      for (const [at, token] of [...sentence, tokens].entries()) words[row * length + at] = BigInt(token);
    const output = await session.run({ words: new Tensor("int64", words, [sentences.length, length]) });
    return output["likelihood"].data as Float32Array;
  };
}
