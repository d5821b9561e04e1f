import type { Action } from "../../src/domain/action.js";
import type { Result } from "../../src/domain/result.js";
import { ok } from "../../src/domain/result.js";
import type { Scene } from "../../src/domain/scene.js";
import type { PlanFailure, Planner, PlanRequest } from "../../src/ports/planner.js";

/** What a fake planner says when asked: steps, or a failure, from the request and how often it was asked before. */
export type Script = (
  request: PlanRequest,
  asked: number,
  signal: AbortSignal,
) => readonly Action[] | Result<never, PlanFailure> | Promise<readonly Action[]>;

export interface FakePlanner extends Planner {
  readonly requests: readonly PlanRequest[];
}

export function createFakePlanner(script: Script): FakePlanner {
  const requests: PlanRequest[] = [];
  return {
    name: "fake-planner",
    scripted: true,
    requests,
    async plan(request, { signal }) {
      const said = await script(request, requests.push(request) - 1, signal);
      return "ok" in said ? said : ok({ steps: [...said] });
    },
    close: async () => undefined,
  };
}

/** A target that points at a detection of the scene. */
export function pointAt(scene: Scene, id: string) {
  const found = scene.detections.find((d) => d.id === id);
  if (found === undefined) throw new Error(`The scene has no detection "${id}".`);
  return { label: found.label, detectionId: id, ...found.point };
}
