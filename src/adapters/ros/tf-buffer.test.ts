import { describe, expect, it } from "vitest";
import { createTfBuffer } from "./tf-buffer.js";

const H = Math.SQRT1_2;

/** A transform of `child` in `parent`: a shift along x, at a time. */
const shift = (parent: string, child: string, x: number | null, ms = 1_000, rotation = { x: 0, y: 0, z: 0, w: 1 }) => ({
  header: { stamp: { sec: Math.floor(ms / 1000), nanosec: (ms % 1000) * 1e6 }, frame_id: parent },
  child_frame_id: child,
  transform: { translation: { x, y: 0, z: 0 }, rotation },
});

function buffer(...[moving, fixed = []]: [readonly object[], (readonly object[])?]) {
  const tf = createTfBuffer();
  for (const transform of moving) tf.add({ transforms: [transform] }, { fixed: false });
  tf.add({ transforms: fixed }, { fixed: true });
  return tf;
}

const x = (tf: ReturnType<typeof createTfBuffer>, atMs: number): number | undefined => {
  const found = tf.lookup("base", "tool", atMs);
  return found.ok ? found.value.position[0] : undefined;
};

describe("frames", () => {
  it("are composed up one branch and down another, whatever slashes are before their names", () => {
    const tf = buffer([shift("/map", "odom", 5)], [shift("odom", "base", 1), shift("/odom", "camera", 3)]);

    expect(tf.lookup("base", "/camera", 1_000)).toMatchObject({ ok: true, value: { position: [2, 0, 0] } });
    expect(tf.lookup("camera", "map", 1_000)).toMatchObject({ ok: true, value: { position: [-8, 0, 0] } });
    expect(tf.lookup("base", "base", 0)).toMatchObject({ ok: true });
  });

  it("are interpolated in time, positions and directions, in whatever order they came", () => {
    const turned = { x: 0, y: 0, z: H, w: H };
    const tf = buffer([shift("base", "tool", 2, 3_000, turned), shift("base", "tool", 0, 1_000)]);
    const found = tf.lookup("base", "tool", 2_000);

    expect(found).toMatchObject({ ok: true, value: { position: [1, 0, 0] } });
    expect(found.ok && found.value.orientation[2]).toBeCloseTo(Math.sin(Math.PI / 8), 6);
  });

  it("say gap before the first and well after the last", () => {
    const tf = buffer([shift("base", "tool", 1, 5_000), shift("base", "tool", 2, 6_000)]);

    expect(x(tf, 6_150)).toBe(2);
    expect(tf.lookup("base", "tool", 6_300)).toMatchObject({ ok: false, code: "gap" });
    expect(tf.lookup("base", "tool", 4_000)).toMatchObject({ ok: false, code: "gap" });
    expect(tf.lookup("base", "tool", 6_300, { beyondMs: 500 })).toMatchObject({ ok: true });
    expect(tf.lookup("base", "tool", "latest")).toMatchObject({ ok: true, value: { position: [2, 0, 0] } });
  });

  it("that are fixed are right at any time", () => {
    expect(x(buffer([], [shift("base", "tool", 4)]), 999_999)).toBe(4);
  });

  it("say loop, no path and unknown frame", () => {
    const loop = buffer([shift("a", "tool", 1), shift("tool", "a", 1), shift("a", "base", 0)]);
    const torn = buffer([shift("a", "tool", 1), shift("b", "base", 1)]);

    expect(loop.lookup("base", "tool", 1_000)).toMatchObject({ ok: false, code: "loop" });
    expect(torn.lookup("base", "tool", 1_000)).toMatchObject({ ok: false, code: "no-path" });
    expect(torn.lookup("base", "tule", 1_000)).toMatchObject({ ok: false, code: "unknown-frame" });
    expect(createTfBuffer().lookup("base", "tool", 0)).toMatchObject({ ok: false, code: "unknown-frame" });
  });

  it("leave out transforms that are none", () => {
    const tf = createTfBuffer();
    const bad = [
      shift("base", "tool", null),
      shift("tool", "tool", 1),
      shift("", "tool", 1),
      shift("base", "tool", 1, 1_000, { x: 0, y: 0, z: 0, w: 0 }),
      {},
    ];
    tf.add({ transforms: bad }, { fixed: false });
    tf.add({}, { fixed: false });

    expect(tf.frames).toEqual([]);
  });

  it("forget the far past, and follow a clock that was set back", () => {
    const tf = buffer([shift("base", "tool", 1, 1_000), shift("base", "tool", 2, 20_000)]);
    expect(tf.lookup("base", "tool", 1_000)).toMatchObject({ code: "gap" });

    tf.add({ transforms: [shift("base", "tool", 7, 2_000)] }, { fixed: false });

    expect(x(tf, 2_000)).toBe(7);
  });
});
