import { describe, expect, it } from "vitest";
import { robotModelFromUrdf, type UrdfModelOptions } from "./urdf-robot-model.js";

const LIMIT = `<limit lower="-2" upper="2" velocity="1.5" effort="10"/>`;
const joint = (name: string, type: string, parent: string, child: string, inside = LIMIT): string =>
  `<joint name="${name}" type="${type}"><parent link="${parent}"/><child link="${child}"/>` +
  `<origin xyz="0 0 0.3" rpy="0 0 0"/><axis xyz="0 1 0"/>${inside}</joint>`;
const robot = (...parts: string[]): string => `<robot name="two-link">${parts.join("")}</robot>`;
const links = (...names: string[]): string => names.map((name) => `<link name="${name}"/>`).join("");
const OPTIONS: UrdfModelOptions = {
  baseLink: "base",
  tipLink: "tip",
  gripper: { maxWidthM: 0.085, maxForceN: 40 },
};
const arm = (second = joint("j2", "revolute", "upper", "lower")): string =>
  robot(
    links("base", "upper", "lower", "tip"),
    joint("j1", "revolute", "base", "upper"),
    second,
    joint("flange", "fixed", "lower", "tip", ""),
  );
const read = (xml: string, more: Partial<UrdfModelOptions> = {}) => robotModelFromUrdf(xml, { ...OPTIONS, ...more });

describe("robotModelFromUrdf", () => {
  it("takes the moving joints in order and folds the fixed ones in", () => {
    const model = read(arm());

    expect(model).toMatchObject({
      ok: true,
      value: {
        name: "two-link",
        joints: [
          { name: "j1", type: "revolute", lower: -2, upper: 2, maxSpeed: 1.5, axis: [0, 1, 0] },
          { name: "j2", originInParent: { position: [0, 0, 0.3] } },
        ],
        toolInFlange: { position: [0, 0, 0.3] },
        homePositions: [0, 0],
        gripper: OPTIONS.gripper,
      },
    });
  });

  it("gives joints that turn without end two turns, and knows sliding ones", () => {
    const turning = read(arm(joint("j2", "continuous", "upper", "lower", `<limit velocity="1" effort="1"/>`)));
    const sliding = read(arm(joint("j2", "prismatic", "upper", "lower")));

    expect(turning.ok && turning.value.joints[1]).toMatchObject({ type: "revolute", upper: 2 * Math.PI });
    expect(sliding.ok && sliding.value.joints[1].type).toBe("prismatic");
  });

  it("gives links whose shapes it cannot see a capsule from joint to joint, and the hand one that leaves the tip free", () => {
    const mesh = `<link name="upper"><collision><geometry><mesh filename="package://x/upper.dae"/></geometry></collision></link>`;
    const model = read(arm().replace(`<link name="upper"/>`, mesh), { linkRadiusM: 0.06 });

    const capsules: unknown = JSON.parse(JSON.stringify(model.ok && model.value.capsules)); // -0 is 0
    expect(capsules).toEqual([
      { link: 0, from: [0, 0, 0], to: [0, 0, 0.3], radiusM: 0.06 },
      { link: 2, from: [0, 0, -0.3], to: [0, 0, -0.08], radiusM: 0.05 },
    ]);
  });

  it("covers a box with capsules, none of its corners outside", () => {
    const box = `<link name="upper"><collision><origin xyz="0.1 0 0.2"/><geometry><box size="0.1 0.04 0.3"/></geometry></collision></link>`;
    const model = read(arm().replace(`<link name="upper"/>`, box));
    const capsules = model.ok ? model.value.capsules.filter(({ link }) => link === 0) : [];

    expect(capsules.length).toBeGreaterThan(1);
    for (const corner of [
      [0.05, 0.02],
      [-0.05, 0.02],
      [0.05, -0.02],
      [-0.05, -0.02],
    ]) {
      const gaps = capsules.map(
        ({ from, radiusM }) => Math.hypot(from[0] - 0.1 - corner[0], from[1] - corner[1]) - radiusM,
      );
      expect(Math.min(...gaps)).toBeLessThan(1e-9);
    }
  });

  it("counts what is bolted to a link, and fingers as far open as they go", () => {
    const ball = (name: string, radius: number): string =>
      `<link name="${name}"><collision><geometry><sphere radius="${radius}"/></geometry></collision></link>`;
    const xml = arm().replace(
      "</robot>",
      ball("camera", 0.04) +
        ball("finger", 0.01) +
        joint("bolts", "fixed", "upper", "camera", "") +
        joint("slide", "prismatic", "tip", "finger", `<limit lower="0" upper="0.04" velocity="1"/>`) +
        "</robot>",
    );
    const model = read(xml);

    expect(model.ok && model.value.capsules).toContainEqual({
      link: 0,
      from: [0, 0, 0.3],
      to: [0, 0, 0.3],
      radiusM: 0.04,
    });
    expect(model.ok && model.value.capsules).toContainEqual({
      link: 2,
      from: [0, 0.04, 0.3],
      to: [0, 0.04, 0.3],
      radiusM: 0.01,
    });
  });

  it.each([
    ["no XML", "<robot><link", {}, "bad-urdf", "does not parse"],
    ["another document", "<sdf/>", {}, "bad-urdf", "<sdf>"],
    ["xacro", `<robot xmlns:xacro="x"><xacro:arm/></robot>`, {}, "bad-urdf", "xacro"],
    ["an entity of its own", `<!DOCTYPE r [<!ENTITY x "1">]><robot name="&x;"/>`, {}, "bad-urdf", "does not parse"],
    ["a link that the profile names and the URDF lacks", arm(), { tipLink: "gripper" }, "missing-link", `"gripper"`],
    ["a joint at a link that is not there", arm().replace(`<link name="lower"/>`, ""), {}, "missing-link", `"lower"`],
    ["base and tip exchanged", arm(), { baseLink: "tip", tipLink: "base" }, "broken-chain", "Exchange"],
    ["a chain of fixed joints only", arm(), { baseLink: "lower" }, "broken-chain", "moving joints"],
    [
      "a link with two parents",
      arm(joint("j2", "revolute", "upper", "lower") + joint("j3", "fixed", "base", "lower", "")),
      {},
      "urdf-loop",
      "2 joints",
    ],
    [
      "a ring of links",
      robot(links("base", "a", "tip"), joint("x", "fixed", "tip", "a", ""), joint("y", "fixed", "a", "tip", "")),
      {},
      "urdf-loop",
      "loop",
    ],
    [
      "a joint that mimics another",
      arm(joint("j2", "revolute", "upper", "lower", `${LIMIT}<mimic joint="j1"/>`)),
      {},
      "unsupported-joint",
      "mimics",
    ],
    [
      "a floating joint in the arm",
      arm(joint("j2", "floating", "upper", "lower")),
      {},
      "unsupported-joint",
      "floating",
    ],
    ["a joint of no known kind", arm(joint("j2", "ball", "upper", "lower")), {}, "unsupported-joint", `"ball"`],
    [
      "no speed limit",
      arm(joint("j2", "revolute", "upper", "lower", `<limit lower="-1" upper="1"/>`)),
      {},
      "missing-limit",
      "velocity",
    ],
    [
      "limits the wrong way round",
      arm(joint("j2", "revolute", "upper", "lower", `<limit lower="1" upper="-1" velocity="1"/>`)),
      {},
      "missing-limit",
      "j2",
    ],
    [
      "a number that is none",
      arm(joint("j2", "revolute", "upper", "lower", `<limit lower="nan" upper="1" velocity="1"/>`)),
      {},
      "bad-urdf",
      `"nan"`,
    ],
    ["a vector of two", arm().replace(`xyz="0 0 0.3"`, `xyz="0 0.3"`), {}, "bad-urdf", "three numbers"],
    ["home positions for another arm", arm(), { homePositions: [0, 0, 0] }, "broken-chain", "2 joint positions"],
  ])("says what is wrong with %s", (_what, xml, options, code, says) => {
    const model = read(xml, options);

    expect(model).toMatchObject({ ok: false, code });
    expect(model.ok ? "" : model.message).toContain(says);
  });
});
