import { DOMParser, onErrorStopParsing, type Element } from "@xmldom/xmldom";
import type { Pose } from "../../domain/geometry/pose.js";
import { multiplyQuaternions, quaternionFromAxisAngle } from "../../domain/geometry/quaternion.js";
import { normalize, norm, type Vec3 } from "../../domain/geometry/vec3.js";
import { fail, ok, type Failure, type Result } from "../../domain/result.js";

export type UrdfFailure =
  "bad-urdf" | "missing-link" | "broken-chain" | "urdf-loop" | "unsupported-joint" | "missing-limit";

export type UrdfShape =
  | { readonly type: "box"; readonly pose: Pose; readonly sizeM: Vec3 }
  | { readonly type: "cylinder"; readonly pose: Pose; readonly radiusM: number; readonly lengthM: number }
  | { readonly type: "sphere"; readonly pose: Pose; readonly radiusM: number }
  | { readonly type: "mesh"; readonly pose: Pose; readonly file: string };

export interface UrdfLink {
  readonly name: string;
  readonly collisions: readonly UrdfShape[];
}

export const URDF_JOINT_TYPES = ["revolute", "continuous", "prismatic", "fixed", "floating", "planar"] as const;

export interface UrdfJoint {
  readonly name: string;
  readonly type: (typeof URDF_JOINT_TYPES)[number];
  readonly parent: string;
  readonly child: string;
  readonly origin: Pose;
  /** Unit length. */
  readonly axis: Vec3;
  readonly limit?: { readonly lower?: number; readonly upper?: number; readonly velocity?: number };
  readonly mimic?: string;
}

export interface UrdfDocument {
  readonly name: string;
  readonly links: ReadonlyMap<string, UrdfLink>;
  readonly joints: readonly UrdfJoint[];
}

/** Thrown and caught in this file only: carries a failure out of the depth of the reading. */
class Unreadable extends Error {
  constructor(readonly failure: Failure<UrdfFailure>) {
    super(failure.message);
  }
}
const unreadable = (message: string): Unreadable => new Unreadable(fail("bad-urdf", message));

/** Links and joints of a URDF. Files, packages and xacro are not followed: the text is all there is. */
export function readUrdf(xml: string): Result<UrdfDocument, UrdfFailure> {
  if (xml.includes("<xacro:")) {
    return fail("bad-urdf", "Expected a URDF, found xacro macros in it. Run the file through `xacro` first.");
  }
  let root: Element | null;
  try {
    root = new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, "text/xml").documentElement;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail("bad-urdf", `Expected a URDF, found XML that does not parse: ${reason.trim()}`);
  }
  if (root?.tagName !== "robot") {
    return fail("bad-urdf", `Expected a <robot> element, found <${root?.tagName ?? "nothing"}>. Is this a URDF?`);
  }
  try {
    return ok(documentOf(root));
  } catch (error) {
    if (error instanceof Unreadable) return error.failure;
    throw error;
  }
}

function documentOf(root: Element): UrdfDocument {
  const links = new Map<string, UrdfLink>();
  for (const element of children(root, "link")) {
    const name = attribute(element, "name", "a <link>");
    if (links.has(name)) throw unreadable(`Expected each link once, found two named "${name}".`);
    links.set(name, { name, collisions: children(element, "collision").map((each) => shapeOf(each, name)) });
  }
  const joints = children(root, "joint").map(jointOf);
  for (const { name, parent, child } of joints) {
    const missing = [parent, child].find((link) => !links.has(link));
    if (missing !== undefined) {
      throw new Unreadable(
        fail("missing-link", `Joint "${name}" is at link "${missing}", which the URDF does not have.`, {
          joint: name,
          link: missing,
        }),
      );
    }
  }
  return { name: root.getAttribute("name") ?? "robot", links, joints };
}

function jointOf(element: Element): UrdfJoint {
  const name = attribute(element, "name", "a <joint>");
  const where = `joint "${name}"`;
  const type = attribute(element, "type", where);
  const known = URDF_JOINT_TYPES.find((each) => each === type);
  if (known === undefined) {
    throw new Unreadable(
      fail("unsupported-joint", `Expected ${where} to be one of ${URDF_JOINT_TYPES.join(", ")}; found "${type}".`),
    );
  }
  const linkOf = (tag: "parent" | "child"): string =>
    attribute(only(element, tag) ?? element, "link", `<${tag}> of ${where}`);
  const axisElement = only(element, "axis");
  const axis = axisElement === undefined ? ([1, 0, 0] as const) : vector(axisElement, "xyz", where);
  if (norm(axis) < 1e-9) throw unreadable(`Expected an axis of ${where} that is not zero.`);
  const limit = only(element, "limit");
  const mimic = only(element, "mimic")?.getAttribute("joint");
  return {
    name,
    type: known,
    parent: linkOf("parent"),
    child: linkOf("child"),
    origin: originOf(element, where),
    axis: normalize(axis),
    ...(limit === undefined
      ? {}
      : {
          limit: {
            lower: optionalNumber(limit, "lower", where),
            upper: optionalNumber(limit, "upper", where),
            velocity: optionalNumber(limit, "velocity", where),
          },
        }),
    ...(mimic === undefined || mimic === null ? {} : { mimic }),
  };
}

function shapeOf(collision: Element, link: string): UrdfShape {
  const where = `the collision of link "${link}"`;
  const pose = originOf(collision, where);
  const geometry = only(collision, "geometry");
  const shape = geometry === undefined ? undefined : children(geometry)[0];
  if (shape === undefined) throw unreadable(`Expected a shape as ${where}, found nothing.`);
  switch (shape.tagName) {
    case "box":
      return { type: "box", pose, sizeM: vector(shape, "size", where) };
    case "cylinder":
      return {
        type: "cylinder",
        pose,
        radiusM: number(shape, "radius", where),
        lengthM: number(shape, "length", where),
      };
    case "sphere":
      return { type: "sphere", pose, radiusM: number(shape, "radius", where) };
    case "mesh":
      return { type: "mesh", pose, file: shape.getAttribute("filename") ?? "" };
    default:
      throw unreadable(`Expected a box, cylinder, sphere or mesh as ${where}, found <${shape.tagName}>.`);
  }
}

/** Fixed-axis roll, pitch, yaw: about x first, then y, then z. */
function originOf(element: Element, where: string): Pose {
  const origin = only(element, "origin");
  if (origin === undefined) return { position: [0, 0, 0], orientation: [0, 0, 0, 1] };
  const position = origin.hasAttribute("xyz") ? vector(origin, "xyz", where) : ([0, 0, 0] as const);
  const [roll, pitch, yaw] = origin.hasAttribute("rpy") ? vector(origin, "rpy", where) : ([0, 0, 0] as const);
  const orientation = [
    quaternionFromAxisAngle([0, 0, 1], yaw),
    quaternionFromAxisAngle([0, 1, 0], pitch),
    quaternionFromAxisAngle([1, 0, 0], roll),
  ].reduce(multiplyQuaternions);
  return { position, orientation };
}

/** Elements right below, of one name or of any. */
function children(element: Element, tag?: string): Element[] {
  const found: Element[] = [];
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === node.ELEMENT_NODE && (tag === undefined || node.nodeName === tag))
      found.push(node as Element);
  }
  return found;
}
const only = (element: Element, tag: string): Element | undefined => children(element, tag)[0];

function attribute(element: Element, name: string, where: string): string {
  const value = element.getAttribute(name)?.trim();
  if (value === undefined || value === "")
    throw unreadable(`Expected the attribute "${name}" of ${where}, found none.`);
  return value;
}

function number(element: Element, name: string, where: string): number {
  const text = attribute(element, name, where);
  const value = Number(text);
  if (!Number.isFinite(value)) throw unreadable(`Expected a number as "${name}" of ${where}, found "${text}".`);
  return value;
}

const optionalNumber = (element: Element, name: string, where: string): number | undefined =>
  element.hasAttribute(name) ? number(element, name, where) : undefined;

function vector(element: Element, name: string, where: string): Vec3 {
  const text = attribute(element, name, where);
  const values = text.split(/\s+/).map(Number);
  if (values.length !== 3 || !values.every(Number.isFinite)) {
    throw unreadable(`Expected three numbers as "${name}" of ${where}, found "${text}".`);
  }
  return [values[0], values[1], values[2]];
}
