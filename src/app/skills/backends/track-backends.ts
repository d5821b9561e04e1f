import type { Follower } from "../../../ports/follower.js";
import type { GroundEntry } from "../../launch/skills/ground-schema.js";
import { phrasesOf } from "../../phrases-of.js";
import type { BackendTable } from "../backend-kind.js";
import { createFollower } from "../follow-thing.js";
import { createStreamPerception } from "../stream-perception.js";
import { grounderKinds } from "./grounders.js";

/** Who can follow a described thing from picture to picture. */
export const trackBackends: BackendTable<GroundEntry, Follower> = grounderKinds(
  ({ grounder, depth }, { launch }): Follower =>
    createFollower({
      open: async () => createStreamPerception({ grounder, depth, heights: launch.room }),
      phrasesOf,
    }),
);
