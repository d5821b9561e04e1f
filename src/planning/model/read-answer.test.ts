import { describe, expect, it } from "vitest";
import type { Frame } from "../../domain/frame.js";
import { project } from "../../domain/geometry/project.js";
import type { Scene } from "../../domain/scene.js";
import { HEAD_VIEW, kitchen } from "../../../test/support/scene-builder.js";
import { CONVENTIONS } from "./convention-table.js";
import { readAnswer, type AnswerContext } from "./read-answer.js";

const SCENE = kitchen().build();
const MUG = SCENE.detections.find(({ id }) => id === "red-mug")!;
const XY = CONVENTIONS.find(({ name }) => name === "xy-1000")!;
const YX = CONVENTIONS.find(({ name }) => name === "yx-1000")!;
const SENT = { width: 640, height: 480 };
const thousandths = [Math.round(MUG.point.x * 1000), Math.round(MUG.point.y * 1000)] as const;
const [X, Y] = thousandths;

const read = (text: string, more: Partial<AnswerContext> = {}) =>
  readAnswer(text, { scene: SCENE, convention: XY, sent: SENT, maxSteps: 5, ...more });
const problems = (text: string, more?: Partial<AnswerContext>) => {
  const answer = read(text, more);
  if (answer.ok) throw new Error(`Expected problems, found ${JSON.stringify(answer.plan)}`);
  return answer.problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
};
const plan = (text: string, more?: Partial<AnswerContext>) => {
  const answer = read(text, more);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.plan;
};

/** Depth of the whole picture, metres, with one patch that differs. */
const frameWith = (depthM: number): Frame => ({
  ...HEAD_VIEW,
  rgb: new Uint8Array(0),
  depthM: new Float32Array(640 * 480).fill(depthM),
});

describe("readAnswer", () => {
  const target = '{"label":"red mug","detectionId":"red-mug"}';

  it.each([
    ["the form that was asked for", `{"steps":[{"action":"grasp","target":${target}}]}`],
    ["a fence", `\`\`\`json\n{"steps":[{"action":"grasp","target":${target}}]}\n\`\`\``],
    ["chatter with braces", `In {this} case [1]: {"steps":[{"action":"grasp","target":${target}}]} Done!`],
    ["thoughts", `<think>{"steps":[{"action":"release"}]}</think>{"steps":[{"action":"grasp","target":${target}}]}`],
    ["thoughts without their opening", `{"action":"release"}</think>{"steps":[{"action":"grasp","target":${target}}]}`],
    ["trailing commas", `{"steps":[{"action":"grasp","target":${target},},],}`],
    [
      "single quotes, bare keys and Python",
      `{steps: [{'action': 'grasp', 'target': {'label': 'red mug', 'detectionId': 'red-mug', 'point': None}}]}`,
    ],
    ["comments", `{"steps":[ // first\n{"action":"grasp",/* it */"target":${target}}]}`],
    ["a list", `[{"action":"grasp","target":${target}}]`],
    ["one action", `{"action":"grasp","target":${target}}`],
    ["a call with arguments", `{"plan":[{"name":"grasp","arguments":{"target":${target}}}]}`],
    ["type for action", `{"actions":[{"type":"Grasp","target":${target}}],"reasoning":"because"}`],
    ["a target written into the step", `{"steps":[{"action":"grasp","label":"red mug","detectionId":"red-mug"}]}`],
    ["a target by its id", `{"steps":[{"action":"grasp","target":"red-mug"}]}`],
    ["a target by its label", `{"steps":[{"action":"grasp","object":"Red mug"}]}`],
    ["a point", `{"steps":[{"action":"grasp","target":{"label":"red mug","detectionId":null,"point":[${X},${Y}]}}]}`],
    ["point_2d", `{"steps":[{"action":"grasp","target":{"label":"red mug","point_2d":[${X},${Y}]}}]}`],
    ["a list of one point", `{"steps":[{"action":"grasp","target":{"label":"red mug","point":[[${X},${Y}]]}}]}`],
    ["named axes", `{"steps":[{"action":"grasp","target":{"label":"red mug","x":${X},"y":${Y},"z":0.01}}]}`],
    ["a point in text", `{"steps":[{"action":"grasp","target":{"label":"red mug","point":"(${X}, ${Y})"}}]}`],
    [
      "a box",
      `{"steps":[{"action":"grasp","target":{"label":"red mug","bbox_2d":[${X - 20},${Y - 20},${X + 20},${Y + 20}]}}]}`,
    ],
  ])("reads %s", (_name, text) => {
    expect(plan(text).steps).toEqual([
      {
        action: "grasp",
        target: { label: expect.stringMatching(/red mug/iu) as string, detectionId: "red-mug", ...MUG.point },
      },
    ]);
  });

  it("reads points in the order of the convention only", () => {
    const text = `{"steps":[{"action":"grasp","target":{"label":"red mug","point":[${Y},${X}]}}]}`;

    expect(plan(text, { convention: YX }).steps[0]).toMatchObject({ target: { detectionId: "red-mug" } });
    expect(problems(text)).toContain("nothing that was measured");
  });

  it.each([
    ["an unknown key of a step", '{"steps":[{"action":"release","force":9}]}', /unknown key "force"/u],
    [
      "an unknown key of the plan",
      '{"steps":[{"action":"release"}],"safety.approve":"auto"}',
      /unknown key "safety.approve"/u,
    ],
    [
      "an unknown key of a target",
      '{"steps":[{"action":"grasp","target":{"label":"a","detectionId":"red-mug","approved":true}}]}',
      /"approved"/u,
    ],
    ["an unknown action", '{"steps":[{"action":"set-limits"}]}', /is no action; the actions are/u],
    [
      "two different plans",
      '{"steps":[{"action":"release"}]} {"steps":[{"action":"look","at":"up"}]}',
      /2 different plans/u,
    ],
    ["the rest of something broken off", '{"steps":[{"action":"release"},{"action":"gra', /no JSON/u],
    ["a key twice", '{"steps":[{"action":"release","action":"grasp"}]}', /no JSON/u],
    [
      "an id that is not in the scene",
      '{"steps":[{"action":"grasp","target":{"label":"a","detectionId":"d9"}}]}',
      /"d9" is not in the scene/u,
    ],
    [
      "a label of another thing",
      '{"steps":[{"action":"grasp","target":{"label":"green bag","detectionId":"red-mug"}}]}',
      /red-mug is a red mug/u,
    ],
    [
      "a point that is not on the thing named",
      '{"steps":[{"action":"grasp","target":{"label":"red mug","detectionId":"red-mug","point":[5,5]}}]}',
      /not on red-mug/u,
    ],
    [
      "a point outside the picture",
      '{"steps":[{"action":"grasp","target":{"label":"red mug","point":[1500,5]}}]}',
      /outside the picture/u,
    ],
    ["too many steps", `{"steps":[${Array(6).fill('{"action":"release"}').join(",")}]}`, /at most 5 steps, found 6/u],
    [
      "a nested plan of actions",
      '{"steps":[{"action":"grasp","arguments":{"target":"red-mug"},"limits":{}}]}',
      /one object with all arguments/u,
    ],
    ["no target", '{"steps":[{"action":"grasp"}]}', /target/u],
    ["an endless wait", '{"steps":[{"action":"wait","seconds":1e9}]}', /seconds/u],
  ])("refuses %s, and says why", (_name, text, why) => {
    expect(problems(text)).toMatch(why);
  });

  it("believes a point only where depth agrees with the body that was measured", () => {
    const text = `{"steps":[{"action":"grasp","target":{"label":"red mug","point":[${X},${Y}]}}]}`;

    expect(plan(text, { frame: frameWith(MUG.point.z) }).steps[0]).toMatchObject({
      target: { detectionId: "red-mug" },
    });
    expect(problems(text, { frame: frameWith(MUG.point.z - 0.3) })).toContain("nothing that was measured");
  });

  it("takes depth from the camera, not from the model, for a free place", () => {
    const [spot] = SCENE.freeSpots;
    const point = [Math.round(spot.point.x * 1000), Math.round(spot.point.y * 1000)];
    const text = `{"steps":[{"action":"move","from":"red-mug","to":{"label":"counter","point":[${point.join(",")}],"placement":"on"}}]}`;
    const [step] = plan(text).steps;

    expect(step.action === "move" && step.to.z).toBeCloseTo(spot.point.z, 2);
    expect(step.action === "move" && step.to.detectionId).toBeUndefined();
  });

  it("refuses a place in the air: no line of sight through it meets a free place or a thing", () => {
    expect(problems('{"steps":[{"action":"move","from":"red-mug","to":{"label":"there","point":[500,2]}}]}')).toContain(
      "nothing that was measured",
    );
  });

  it("chooses the thing in the drawer, not the drawer, when both are under the point", () => {
    const scene = kitchen({ left: "open" }).add("bag", 0.5, -0.2, { id: "bag", color: "green", bottomM: 0.79 }).build();
    const bag = scene.detections.find(({ id }) => id === "bag")!;
    const wide: Scene = {
      ...scene,
      detections: scene.detections.map((d) =>
        d.id === "left-drawer" ? { ...d, box: { x0: 0, y0: 0, x1: 1, y1: 1 } } : d,
      ),
    };
    const at = [bag.point.x, bag.point.y].map((value) => Math.round(value * 1000)).join(",");

    expect(
      plan(`[{"action":"grasp","target":{"label":"it","point":[${at}]}}]`, { scene: wide }).steps[0],
    ).toMatchObject({
      target: { detectionId: "bag" },
    });
  });

  it("finds what is in the hand where the hand is", () => {
    const scene = kitchen().holding("red", "bag").build();
    const { z } = project(scene.view, scene.robot.toolPoseInBase.position);

    expect(plan('[{"action":"move","from":{"label":"red bag"},"to":"sink"}]', { scene }).steps[0]).toMatchObject({
      from: { label: "red bag", z },
      to: { detectionId: "sink" },
    });
  });

  it("takes what cannot be seen out of words that people will read", () => {
    const text = '{"steps":[{"action":"say","text":"I\\u202e will\\u0000 look\\nthere"}],"rationale":"\\u200b"}';

    expect(plan(text)).toEqual({ steps: [{ action: "say", text: "I will look there" }] });
  });
});
