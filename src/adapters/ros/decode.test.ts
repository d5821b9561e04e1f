import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeCompressedDepth, decodeRawDepth } from "./decode-depth.js";
import { decodeCompressedPicture, decodeRawPicture } from "./decode-picture.js";
import { readCameraInfo } from "./read-camera-info.js";

const image = (encoding: string, bytes: readonly number[], more: object = {}) => ({
  width: 2,
  height: 1,
  encoding,
  is_bigendian: 0,
  step: bytes.length,
  data: Uint8Array.from(bytes),
  ...more,
});

const png16 = (values: readonly number[]): Promise<Buffer> =>
  sharp(Uint16Array.from(values), { raw: { width: values.length, height: 1, channels: 1 } })
    .toColourspace("grey16")
    .png()
    .toBuffer();

const compressedDepth = async (format: string, values: readonly number[], [a, b] = [0, 0]) => {
  const header = Buffer.alloc(12);
  header.writeFloatLE(a, 4);
  header.writeFloatLE(b, 8);
  return { format, data: Buffer.concat([header, await png16(values)]).toString("base64") };
};

describe("pictures over ROS", () => {
  it.each([
    ["rgb8", [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
    ["bgr8", [3, 2, 1, 6, 5, 4], [1, 2, 3, 4, 5, 6]],
    ["rgba8", [1, 2, 3, 9, 4, 5, 6, 9], [1, 2, 3, 4, 5, 6]],
    ["bgra8", [3, 2, 1, 9, 6, 5, 4, 9], [1, 2, 3, 4, 5, 6]],
    ["mono8", [7, 8], [7, 7, 7, 8, 8, 8]],
  ])("reads %s", (encoding, bytes, rgb) => {
    expect(decodeRawPicture(image(encoding, bytes))).toEqual({
      ok: true,
      value: { width: 2, height: 1, rgb: Uint8Array.from(rgb) },
    });
  });

  it("skips the padding at the end of rows, and reads base64 as well as bytes", () => {
    const data = Buffer.from([1, 2, 0, 0, 3, 4, 0, 0]).toString("base64");
    const read = decodeRawPicture({ width: 2, height: 2, encoding: "mono8", step: 4, data });

    expect(read).toMatchObject({ ok: true, value: { rgb: Uint8Array.from([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]) } });
  });

  it("refuses too few bytes, sizes that are none, and encodings that it does not know", () => {
    expect(decodeRawPicture(image("rgb8", [1, 2, 3]))).toMatchObject({ ok: false, code: "damaged" });
    expect(decodeRawPicture(image("rgb8", [1, 2, 3, 4, 5, 6], { width: -1 }))).toMatchObject({ code: "damaged" });
    expect(decodeRawPicture(image("rgb8", [1], { width: 1e9, height: 1e9 }))).toMatchObject({ code: "damaged" });
    expect(decodeRawPicture(image("yuv422", [1, 2, 3, 4]))).toMatchObject({ ok: false, code: "unsupported" });
  });

  it("reads PNG as it reads JPEG, alpha left out", async () => {
    const pixels = Uint8Array.from([10, 20, 30, 255, 40, 50, 60, 255]);
    const png = await sharp(pixels, { raw: { width: 2, height: 1, channels: 4 } })
      .png()
      .toBuffer();

    expect(await decodeCompressedPicture({ format: "png", data: new Uint8Array(png) })).toEqual({
      ok: true,
      value: { width: 2, height: 1, rgb: Uint8Array.from([10, 20, 30, 40, 50, 60]) },
    });
  });
});

describe("depth over ROS", () => {
  it("reads millimetres, of either byte order", () => {
    const little = decodeRawDepth(image("16UC1", [0xe8, 0x03, 0, 0]));
    const big = decodeRawDepth(image("16UC1", [0x03, 0xe8, 0, 0], { is_bigendian: 1 }));

    expect(little.ok && [...little.value.depthM]).toEqual([1, 0]);
    expect(big).toEqual(little);
  });

  it("reads metres, and makes 0 of what is no depth", () => {
    const data = new Uint8Array(Float32Array.from([1.5, Number.NaN]).buffer);
    const read = decodeRawDepth(image("32FC1", [], { data, step: 8 }));

    expect(read.ok && [...read.value.depthM]).toEqual([1.5, 0]);
  });

  it("reads compressed millimetres", async () => {
    const read = await decodeCompressedDepth(await compressedDepth("16UC1; compressedDepth png", [1500, 0, 65_535]));

    expect(read.ok && [...read.value.depthM]).toEqual([1.5, 0, Math.fround(65.535)]);
  });

  it("reads quantised inverse depth back to metres", async () => {
    // compressed_depth_image_transport with its defaults: z0 100, at most 10 m.
    const [a, b] = [100 * 101, 1 - (100 * 101) / 10];
    const values = [0.5, 1, 4].map((z) => Math.round(a / z + b));
    const read = await decodeCompressedDepth(await compressedDepth("32FC1; compressedDepth", [...values, 0], [a, b]));

    const depths = read.ok ? [...read.value.depthM] : [];
    expect(depths[0]).toBeCloseTo(0.5, 3);
    expect(depths[1]).toBeCloseTo(1, 3);
    expect(depths[2]).toBeCloseTo(4, 2);
    expect(depths[3]).toBe(0);
  });

  it("refuses RVL, plain pictures, missing headers and colours", async () => {
    const rvl = { format: "16UC1; compressedDepth rvl", data: Buffer.alloc(40).toString("base64") };
    const half = await compressedDepth("16UC1; compressedDepth png", [1, 2, 3]);

    expect(await decodeCompressedDepth(rvl)).toMatchObject({ ok: false, code: "unsupported" });
    expect(await decodeCompressedDepth({ ...half, format: "jpeg" })).toMatchObject({ code: "unsupported" });
    expect(await decodeCompressedDepth({ ...half, data: "AAAA" })).toMatchObject({ ok: false, code: "damaged" });
    expect(await decodeCompressedDepth({ ...half, data: half.data.slice(0, -24) })).toMatchObject({ code: "damaged" });
    expect(decodeRawDepth(image("rgb8", [1, 2, 3, 4, 5, 6]))).toMatchObject({ ok: false, code: "unsupported" });
  });
});

describe("CameraInfo", () => {
  const size = { width: 640, height: 480 };
  const k = [500, 0, 319.5, 0, 510, 239.5, 0, 0, 1];
  const refuse = { distortion: "refuse" } as const;

  it("is read in the spelling of either version", () => {
    const expected = { ok: true, value: { fx: 500, fy: 510, cx: 319.5, cy: 239.5 } };

    expect(readCameraInfo({ ...size, k, d: [] }, size, refuse)).toEqual(expected);
    expect(readCameraInfo({ ...size, K: Float64Array.from(k), D: [0, 0, 0, 0, 0] }, size, refuse)).toEqual(expected);
  });

  it("is scaled to pictures of another size and the same shape", () => {
    const half = readCameraInfo({ ...size, k, d: [] }, { width: 320, height: 240 }, refuse);

    expect(half).toEqual({ ok: true, value: { fx: 250, fy: 255, cx: 159.5, cy: 119.5 } });
  });

  it("is refused when it is not calibrated, distorted or of another camera", () => {
    const bent = { ...size, k, d: [0.1, 0, 0, 0, 0] };

    expect(readCameraInfo({ ...size, k: k.map(() => 0), d: [] }, size, refuse)).toMatchObject({
      code: "not-calibrated",
    });
    expect(readCameraInfo({ ...size, k: [null], d: [] }, size, refuse)).toMatchObject({ code: "not-calibrated" });
    expect(readCameraInfo({}, size, refuse)).toMatchObject({ code: "not-calibrated" });
    expect(readCameraInfo({ ...size, k, d: [null] }, size, refuse)).toMatchObject({ code: "distorted" });
    expect(readCameraInfo(bent, size, refuse)).toMatchObject({ code: "distorted" });
    expect(readCameraInfo(bent, size, { distortion: "ignore" })).toMatchObject({ ok: true });
    expect(readCameraInfo({ width: 480, height: 480, k, d: [] }, size, refuse)).toMatchObject({ code: "wrong-size" });
  });
});
