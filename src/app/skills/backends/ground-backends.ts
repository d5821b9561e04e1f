import { drawThings, wholeMask } from "../../../adapters/overlay/index.js";
import { encodeGreyPng, encodePng } from "../../../adapters/picture/encode-png.js";
import { ok } from "../../../domain/result.js";
import type { LocatedPhrase, LocatedThing, Locator } from "../../../ports/locator.js";
import type { GroundEntry } from "../../launch/skills/ground-schema.js";
import { phrasesOf } from "../../phrases-of.js";
import type { BackendTable } from "../backend-kind.js";
import { resolvePhrases, toLocated } from "../locate-phrases.js";
import { perceiveFrame } from "../perceive-frame.js";
import { grounderKinds } from "./grounders.js";

/** Who can find what words mean in a picture. */
export const groundBackends: BackendTable<GroundEntry, Locator> = grounderKinds(
  ({ grounder, depth, masks: drawer }, { launch }): Locator => ({
    async locate(frame, { phrases, masks, signal }) {
      const asked = [...new Set(phrases.flatMap((phrase) => phrasesOf(phrase)))];
      const { scene } = await perceiveFrame(frame, { grounder, depth, heights: launch.room, phrases: asked, signal });
      const resolved = resolvePhrases(phrases, scene);
      if (!resolved.ok) return resolved;
      const located = resolved.value.map(({ phrase, status, detections }): LocatedPhrase => ({
        phrase,
        status,
        things: detections.map((each) => toLocated(each, { masks })),
      }));
      if (!masks || drawer === undefined) return ok(located);
      const things = located.flatMap((each) => each.things);
      const drawn = await drawer.draw(
        frame,
        things.map(({ box }) => box),
        { signal },
      );
      const maskOf = new Map<LocatedThing, LocatedThing["mask"]>(things.map((thing, i) => [thing, drawn[i]]));
      return ok(
        located.map((each) => ({
          ...each,
          things: each.things.map((thing) => ({ ...thing, mask: maskOf.get(thing) })),
        })),
      );
    },
    draw: (frame, found) =>
      encodePng(
        drawThings(
          frame,
          found.flatMap(({ phrase, status, things }) =>
            things.map(({ box, point, mask, score }) => ({
              label: `${/[^ -~]/u.test(phrase) ? "" : `${phrase} `}${Math.round(score * 100)}%`,
              box,
              point,
              isDoubtful: status === "ambiguous",
              ...(mask === undefined ? {} : { mask }),
            })),
          ),
        ),
      ),
    drawMask: (frame, { box, mask }) =>
      encodeGreyPng(
        mask === undefined ? new Uint8Array(frame.width * frame.height) : wholeMask(frame, box, mask),
        frame,
      ),
  }),
);
