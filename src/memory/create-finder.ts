import { fail, ok, type Result } from "../domain/result.js";
import type { ModelImage, RgbPicture } from "../ports/model-client.js";
import type { PictureEmbedder } from "../ports/picture-embedder.js";
import type {
  FoundPicture,
  PictureFinder,
  PictureStore,
  PictureToRemember,
  RememberedPicture,
  TextIndex,
  VectorStore,
} from "../ports/picture-memory.js";
import type { BackendFailure } from "../ports/skill-backends.js";
import { readThing, thingsThatFit } from "./find-thing.js";
import { fuseRanks, type Ranking } from "./fuse-ranks.js";
import { sketchDistance, sketchOf } from "./picture-sketch.js";
import { rememberLook } from "./remember-look.js";
import { searchTerms } from "./search-terms.js";
import { tellPlace } from "./tell-place.js";
import { cosine, vectorOfThings, vectorOfWords } from "./thing-vector.js";

export interface FinderOptions {
  readonly store: PictureStore;
  readonly index: TextIndex;
  readonly newId: () => string;
  readonly encode: (picture: RgbPicture) => Promise<ModelImage>;
  readonly decode: (jpeg: Uint8Array) => Promise<RgbPicture>;
  /** A learned space for pictures and words, and where its vectors are. */
  readonly vectors?: { readonly embedder: PictureEmbedder; readonly store: VectorStore };
}

type By = FoundPicture["by"][number];

/** Below this, two things have nothing of the vocabulary in common that is worth a place in a ranking. */
const LEAST_COSINE = 0.1;
/** Looks that differ by more are not alike. */
const MOST_LOOK_DISTANCE = 0.15;
/** Pictures without a vector that one search gives one to, newest first; the others' turn comes with the next searches. */
const VECTORS_PER_SEARCH = 32;

/** Search over what was seen: full text and shared vector spaces, their rankings fused. */
export function createFinder(options: FinderOptions): PictureFinder {
  const { store, index, newId, encode, vectors } = options;

  const terms = (picture: RememberedPicture): readonly string[] => [
    ...searchTerms(picture.caption.en),
    ...searchTerms(picture.caption.zh),
    ...picture.things.flatMap((thing) => [
      ...searchTerms(thing.label),
      ...searchTerms(tellPlace(thing, picture.things, picture).en),
      ...(thing.attributes?.state?.[0] === undefined ? [] : [thing.attributes.state[0][0]]),
    ]),
    ...searchTerms(picture.origin),
  ];

  /** Vectors for the newest pictures that have none yet: those remembered while this back end was not in use. */
  async function catchUp(
    pictures: readonly RememberedPicture[],
    { embedder, store: points }: NonNullable<FinderOptions["vectors"]>,
    signal: AbortSignal,
  ): Promise<Result<void, BackendFailure>> {
    const known = await points.known(
      pictures.map(({ id }) => id),
      { signal },
    );
    if (!known.ok) return known;
    const missing = pictures.filter(({ id }) => !known.value.has(id)).slice(-VECTORS_PER_SEARCH);
    const made: { id: string; vector: Float32Array; seenAtMs: number }[] = [];
    for (const { id, seenAtMs } of missing) {
      const jpeg = await store.jpeg(id);
      if (jpeg === undefined) continue;
      made.push({ id, seenAtMs, vector: await embedder.embedPicture(await options.decode(jpeg), { signal }) });
    }
    return made.length === 0 ? ok(undefined) : points.put(made, { signal });
  }

  const finder: PictureFinder = {
    sketch: sketchOf,
    encode: async (picture) => (await encode(picture)).data,

    async remember({ frame, origin, calibrated, seenAtMs, perceive }, { signal }) {
      const picture = rememberLook(await perceive(), { seenAtMs, origin, calibrated, newId });
      const { data } = await encode(frame);
      await store.add(picture, data);
      if (vectors === undefined) return ok(picture);
      const vector = await vectors.embedder.embedPicture(frame, { signal });
      const put = await vectors.store.put([{ id: picture.id, vector, seenAtMs }], { signal });
      return put.ok ? ok(picture) : put;
    },

    async search({ words, picture, limit, sinceMs = -Infinity, untilMs = Infinity }, { signal }) {
      const all = await store.all();
      const pictures = all.filter(({ seenAtMs }) => seenAtMs >= sinceMs && seenAtMs <= untilMs);
      const byId = new Map(pictures.map((each) => [each.id, each]));
      const rankings: Ranking<By>[] = [];
      const rank = (name: By, scored: readonly { readonly id: string; readonly score: number }[]): void => {
        const ids = [...scored].sort((a, b) => b.score - a.score || b.id.localeCompare(a.id)).map(({ id }) => id);
        rankings.push({ name, ids: ids.filter((id) => byId.has(id)) });
      };
      const alike = (wanted: readonly number[]): { id: string; score: number }[] =>
        pictures
          .map(({ id, things }) => ({ id, score: cosine(wanted, vectorOfThings(things)) }))
          .filter(({ score }) => score >= LEAST_COSINE);

      if (words !== undefined) {
        await index.hold(all.map((each) => ({ id: each.id, terms: terms(each) })));
        rank("words", await index.search(searchTerms(words)));
        rank("things", alike(vectorOfWords(words)));
      }
      if (picture !== undefined) {
        const look = sketchOf(picture.frame);
        rank(
          "look",
          pictures
            .map(({ id, sketch }) => ({ id, score: -sketchDistance(look, sketch) }))
            .filter(({ score }) => score >= -MOST_LOOK_DISTANCE),
        );
        rank("things", alike(vectorOfThings((await picture.perceive()).scene.detections)));
      }
      if (vectors !== undefined) {
        const caught = await catchUp(pictures, vectors, signal);
        if (!caught.ok) return caught;
        const asked = [
          ...(words === undefined ? [] : [await vectors.embedder.embedText(words, { signal })]),
          ...(picture === undefined ? [] : [await vectors.embedder.embedPicture(picture.frame, { signal })]),
        ];
        for (const vector of asked) {
          const near = await vectors.store.nearest(vector, {
            limit: Math.max(50, limit * 4),
            ...(Number.isFinite(sinceMs) ? { sinceMs } : {}),
            ...(Number.isFinite(untilMs) ? { untilMs } : {}),
            signal,
          });
          if (!near.ok) return near;
          rank("vectors", near.value);
        }
      }
      const best = fuseRanks(rankings).slice(0, limit);
      return ok(
        await Promise.all(
          best.map(async ({ id, score, by }): Promise<FoundPicture> => {
            const found = byId.get(id);
            if (found === undefined) throw new Error(`A ranking holds ${id}, which was not searched.`);
            const places = found.things.map((thing) => tellPlace(thing, found.things, found));
            return { picture: found, score, by: [...new Set(by)], places, jpeg: await store.jpeg(id) };
          }),
        ),
      );
    },

    async lastSeen(phrase) {
      const wanted = readThing(phrase);
      if (!wanted.ok) return wanted;
      const pictures = await store.all();
      for (const picture of [...pictures].reverse()) {
        const [thing, ...others] = thingsThatFit(wanted.value, picture);
        if (thing === undefined) continue;
        const place = tellPlace(thing, picture.things, picture);
        return ok({ picture, thing, place, alike: others.length + 1, jpeg: await store.jpeg(picture.id) });
      }
      return fail(
        "not-seen",
        `No "${phrase}" was seen in the ${pictures.length} pictures that are remembered. Look around with the robot, or remember pictures with {"do": "remember"}.`,
      );
    },

    async fit(picture, words, { signal }) {
      if (vectors !== undefined) return ok(await fitByVectors(picture, words, { embedder: vectors.embedder, signal }));
      const { scene } = await picture.perceive();
      const seen = rememberLook({ scene, frame: picture.frame }, { seenAtMs: 0, origin: "", calibrated: false, newId });
      const wanted = readThing(words);
      if (wanted.ok) {
        const [thing] = thingsThatFit(wanted.value, seen);
        return ok(
          thing === undefined
            ? { score: 0, evidence: seen.caption.en }
            : { score: thing.score * confidence(thing), evidence: thing.label },
        );
      }
      const asked = searchTerms(words);
      const had = new Set(terms(seen));
      const hits = asked.filter((term) => had.has(term));
      return ok({ score: asked.length === 0 ? 0 : hits.length / asked.length, evidence: hits.join(", ") });
    },
  };
  return finder;
}

/** How sure its reading is: the best kind's and the best colour's probability. */
function confidence({
  attributes,
}: {
  readonly attributes?: RememberedPicture["things"][number]["attributes"];
}): number {
  return (attributes?.kind[0]?.[1] ?? 1) * (attributes?.color[0]?.[1] ?? 1);
}

async function fitByVectors(
  { frame }: PictureToRemember,
  words: string,
  { embedder, signal }: { readonly embedder: PictureEmbedder; readonly signal: AbortSignal },
): Promise<{ readonly score: number; readonly evidence: string }> {
  const [seen, said] = [await embedder.embedPicture(frame, { signal }), await embedder.embedText(words, { signal })];
  const score = said.reduce((sum, value, at) => sum + value * seen[at], 0);
  return { score: Math.max(0, score), evidence: `${embedder.name}: cosine ${score.toFixed(3)}` };
}
