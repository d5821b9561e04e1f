import type { PictureEmbedder } from "../../ports/picture-embedder.js";
import { copyPicture, openWeights, type WeightsOptions } from "./open-weights.js";

/** CLIP in a worker thread: pictures and texts as unit vectors in one space. */
export async function createClip(options: WeightsOptions): Promise<PictureEmbedder> {
  const link = await openWeights("clip", options);
  return {
    name: "clip",
    async embedPicture(picture, { signal } = {}) {
      const copy = copyPicture(picture);
      const { pictures } = await link.ask({ pictures: [copy.picture], texts: [] }, { signal, transfer: copy.transfer });
      return pictures[0];
    },
    async embedText(text, { signal } = {}) {
      return (await link.ask({ pictures: [], texts: [text] }, { signal })).texts[0];
    },
    close: () => link.close(),
  };
}

/** What CLIP was trained to multiply its dot products by. */
const SCALE = 100;

/** Which of the texts the picture shows: probabilities in the texts' order, summing to 1. Deterministic. */
export async function scoreTexts(
  embedder: PictureEmbedder,
  picture: Parameters<PictureEmbedder["embedPicture"]>[0],
  { texts, signal }: { readonly texts: readonly string[]; readonly signal?: AbortSignal },
): Promise<readonly number[]> {
  const seen = await embedder.embedPicture(picture, { signal });
  const logits: number[] = [];
  for (const text of texts) {
    const said = await embedder.embedText(text, { signal });
    logits.push(SCALE * said.reduce((sum, value, i) => sum + value * seen[i], 0));
  }
  const highest = Math.max(...logits);
  const exponents = logits.map((logit) => Math.exp(logit - highest));
  const sum = exponents.reduce((total, value) => total + value, 0);
  return exponents.map((value) => value / sum);
}
