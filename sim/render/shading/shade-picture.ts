import { dot, type Vec3 } from "../../../src/domain/geometry/vec3.js";
import type { GeometryPool } from "../raster/geometry-pool.js";
import { PLANE_STRIDE, type PinholeView, type VisibilityBuffer } from "../raster/visibility.js";
import { CURVE_STEPS, CURVE_TOP } from "./color-curves.js";
import type { CrowdingMap } from "./crowding-map.js";
import {
  AMBIENT_BY_HEIGHT,
  AMBIENT_FROM_FRONT,
  AMBIENT_FROM_LEFT,
  AMBIENT_MEAN,
  CROWDING_REACH_M,
  CROWDING_STRENGTH,
  ROOM_HIGH,
  ROOM_LOW,
  type Lighting,
} from "./lighting.js";
import type { Material } from "./material-table.js";
import type { ShadowMap } from "./shadow-map.js";
import { TEXTURE_LEVELS, TEXTURE_SIZE, type Texture } from "./textures.js";

export interface ShadingInput {
  readonly pool: GeometryPool;
  readonly visibility: VisibilityBuffer;
  readonly materials: readonly Material[];
  readonly lighting: Lighting;
  readonly shadow: ShadowMap;
  readonly crowding: CrowdingMap;
  /** Linear light to display bytes, see createDisplayCurve. */
  readonly curve: Uint8Array;
}

export interface ShadingOutput {
  readonly rgb: Uint8Array;
  readonly depthM: Float32Array;
  readonly instanceIds: Uint8Array;
}

/**
 * Colours every pixel once, after visibility is known. One long loop on purpose: it runs 300,000 times a picture, and
 * everything that a call or an object per pixel would cost shows.
 */
export function shadePicture(view: PinholeView, input: ShadingInput, output: ShadingOutput): void {
  const { width, height, intrinsics, position, rotation: m } = view;
  const { pool, visibility, materials, lighting, curve } = input;
  const { worldNormals, uvs, instanceOf, materialOf } = pool;
  const { inverseDepth, seen, corners, planes, sourceTriangle } = visibility;
  const { rgb, depthM, instanceIds } = output;
  const { fx, fy, cx, cy } = intrinsics;
  const { ambient, diffuse, shadowStrength } = lighting;
  const [tintR, tintG, tintB] = lighting.tint;
  const [lx, ly, lz] = lighting.toward;
  const [originX, originY, originZ] = position;

  // Light-space coordinates are linear in the camera's: one small matrix instead of two transforms.
  const { heights: lightHeights, view: light } = input.shadow;
  const lightSize = light.size;
  const axis = (k: number): Vec3 => [m[k], m[3 + k], m[6 + k]];
  const toLight = [light.right, light.up, light.toward].map((d) => [0, 1, 2].map((k) => dot(d, axis(k))));
  const [[ua, ub, uc], [va, vb, vc], [ha, hb, hc]] = toLight;
  const scale = light.texelsPerM;
  const u0 = dot(light.right, position) * scale + light.offsetU - 0.5;
  const v0 = dot(light.up, position) * scale + light.offsetV - 0.5;
  const h0 = dot(light.toward, position);
  const biasStep = 2.2 / scale;

  const { meanHeights, view: above } = input.crowding;
  const aboveSize = above.size;
  const aboveScale = above.texelsPerM;
  const aboveU = above.offsetU;
  const aboveV = above.offsetV;

  const perReach = 1 / CROWDING_REACH_M;
  const toCurve = CURVE_STEPS / CURVE_TOP;
  const pixelAngle = 1 / fx;
  const stepX = m[0] * pixelAngle;
  const stepY = m[3] * pixelAngle;
  const stepZ = m[6] * pixelAngle;
  const stepU = ua * pixelAngle * scale;
  const stepV = va * pixelAngle * scale;
  const stepH = ha * pixelAngle;

  let triangle = -1;
  let smooth = false;
  let fresh = true;
  let instance = 0;
  let texture: Texture | undefined;
  let texelsPerM = 0;
  let squarings = 0;
  let highlight = 0;
  // prettier-ignore
  let red = 0, green = 0, blue = 0, redByTexture = 0, greenByTexture = 0, blueByTexture = 0;
  // prettier-ignore
  let c0 = 0, dx0 = 0, dy0 = 0, c1 = 0, dx1 = 0, dy1 = 0;
  // prettier-ignore
  let i0 = 0, i1 = 0;
  // prettier-ignore
  let n0x = 0, n0y = 0, n0z = 0, n1x = 0, n1y = 0, n1z = 0, n2x = 0, n2y = 0, n2z = 0;
  // prettier-ignore
  let s0 = 0, t0 = 0, s1 = 0, t1 = 0, s2 = 0, t2 = 0;
  // What follows from the normal alone: once per triangle where it is flat, per pixel where it is smooth.
  // prettier-ignore
  let nx = 0, ny = 0, nz = 0, nl = 0, bias = 0, around = 0, hemWeight = 0;

  for (let y = 0, k = 0; y < height; y++) {
    const py = y + 0.5;
    const down = (py - cy) / fy;
    const acrossAt = (0.5 - cx) / fx;
    // Along a row the ray and its light-space image are linear in x.
    const rowX = m[0] * acrossAt + m[1] * down + m[2];
    const rowY = m[3] * acrossAt + m[4] * down + m[5];
    const rowZ = m[6] * acrossAt + m[7] * down + m[8];
    const rowU = (ua * acrossAt + ub * down + uc) * scale;
    const rowV = (va * acrossAt + vb * down + vc) * scale;
    const rowH = ha * acrossAt + hb * down + hc;
    for (let x = 0; x < width; x++, k++) {
      const px = x + 0.5;
      const across = acrossAt + x * pixelAngle;
      const dirZ = rowZ + stepZ * x;
      const mark = seen[k];
      if (mark === 0) {
        const up = 0.5 + 0.5 * (dirZ / Math.sqrt(1 + across * across + down * down));
        const r = (ROOM_LOW[0] + (ROOM_HIGH[0] - ROOM_LOW[0]) * up) * tintR;
        const g = (ROOM_LOW[1] + (ROOM_HIGH[1] - ROOM_LOW[1]) * up) * tintG;
        const b = (ROOM_LOW[2] + (ROOM_HIGH[2] - ROOM_LOW[2]) * up) * tintB;
        rgb[3 * k] = curve[(r * toCurve) | 0];
        rgb[3 * k + 1] = curve[(g * toCurve) | 0];
        rgb[3 * k + 2] = curve[(b * toCurve) | 0];
        depthM[k] = 0;
        instanceIds[k] = 0;
        continue;
      }
      if (mark !== triangle) {
        triangle = mark;
        const d = mark - 1;
        const source = sourceTriangle[d];
        const material = materials[materialOf[source]];
        ({ texture, texelsPerM, squarings, highlight } = material);
        ({ red, green, blue, redByTexture, greenByTexture, blueByTexture } = material);
        instance = instanceOf[source];
        const a = corners[3 * d];
        const b = corners[3 * d + 1];
        const c = corners[3 * d + 2];
        const p = PLANE_STRIDE * d;
        c0 = planes[p];
        dx0 = planes[p + 1];
        dy0 = planes[p + 2];
        c1 = planes[p + 3];
        dx1 = planes[p + 4];
        dy1 = planes[p + 5];
        i0 = planes[p + 6];
        i1 = planes[p + 7];
        n0x = worldNormals[3 * a];
        n0y = worldNormals[3 * a + 1];
        n0z = worldNormals[3 * a + 2];
        n1x = worldNormals[3 * b];
        n1y = worldNormals[3 * b + 1];
        n1z = worldNormals[3 * b + 2];
        n2x = worldNormals[3 * c];
        n2y = worldNormals[3 * c + 1];
        n2z = worldNormals[3 * c + 2];
        smooth = n0x !== n1x || n0y !== n1y || n0z !== n1z || n0x !== n2x || n0y !== n2y || n0z !== n2z;
        s0 = uvs[2 * a];
        t0 = uvs[2 * a + 1];
        s1 = uvs[2 * b];
        t1 = uvs[2 * b + 1];
        s2 = uvs[2 * c];
        t2 = uvs[2 * c + 1];
        nx = n0x;
        ny = n0y;
        nz = n0z;
        fresh = true;
      }
      const z = 1 / inverseDepth[k];
      depthM[k] = z;
      instanceIds[k] = instance;

      let w0 = 0;
      let w1 = 0;
      if (smooth || texture !== undefined) {
        w0 = (c0 + dx0 * px + dy0 * py) * i0 * z;
        w1 = (c1 + dx1 * px + dy1 * py) * i1 * z;
        if (smooth) {
          const w2 = 1 - w0 - w1;
          nx = w0 * n0x + w1 * n1x + w2 * n2x;
          ny = w0 * n0y + w1 * n1y + w2 * n2y;
          nz = w0 * n0z + w1 * n1z + w2 * n2z;
          const shorten = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz);
          nx *= shorten;
          ny *= shorten;
          nz *= shorten;
          fresh = true;
        }
      }
      if (fresh) {
        fresh = false;
        nl = nx * lx + ny * ly + nz * lz;
        bias = biasStep * (0.35 + 0.65 * (nl > 0.25 ? 1 / nl : 4));
        around = ambient * (AMBIENT_MEAN + AMBIENT_BY_HEIGHT * nz - AMBIENT_FROM_FRONT * nx + AMBIENT_FROM_LEFT * ny);
        hemWeight = CROWDING_STRENGTH * (nz > 0 ? 0.5 + 0.5 * nz : 0.5);
      }

      // Surroundings: how far below its neighbours' mean height this point lies.
      const worldZ = originZ + z * dirZ;
      let hemmed = 0;
      const cellX = (originX + z * (rowX + stepX * x)) * aboveScale + aboveU - 0.5;
      const cellY = (originY + z * (rowY + stepY * x)) * aboveScale + aboveV - 0.5;
      if (cellX >= 0 && cellY >= 0 && cellX < aboveSize - 1 && cellY < aboveSize - 1) {
        const ix = cellX | 0;
        const iy = cellY | 0;
        const gx = cellX - ix;
        const gy = cellY - iy;
        const at = iy * aboveSize + ix;
        const near = meanHeights[at] + (meanHeights[at + 1] - meanHeights[at]) * gx;
        const far = meanHeights[at + aboveSize] + (meanHeights[at + aboveSize + 1] - meanHeights[at + aboveSize]) * gx;
        hemmed = (near + (far - near) * gy - worldZ) * perReach;
        hemmed = hemmed <= 0 ? 0 : (hemmed >= 1 ? 1 : hemmed) * hemWeight;
      }

      // Direct light with a soft-edged shadow.
      const towardLight = rowH + stepH * x;
      let direct = 0;
      if (nl > 0) {
        let shade = 0;
        const u = (rowU + stepU * x) * z + u0;
        const v = (rowV + stepV * x) * z + v0;
        if (u >= 1 && v >= 1 && u < lightSize - 2 && v < lightSize - 2) {
          const h = towardLight * z + h0 + bias;
          const iu = u | 0;
          const iv = v | 0;
          const at = (iv - 1) * lightSize + iu - 1;
          const low = at + 3 * lightSize;
          const a = lightHeights[at] > h;
          const b = lightHeights[at + 3] > h;
          const c = lightHeights[low] > h;
          const d = lightHeights[low + 3] > h;
          if (a === b && a === c && a === d) shade = a ? 1 : 0;
          else {
            const gu = u - iu;
            const gv = v - iv;
            let sum = 0;
            for (let row = 0, r = at; row < 4; row++, r += lightSize) {
              let line = 0;
              if (lightHeights[r] > h) line += 1 - gu;
              if (lightHeights[r + 1] > h) line += 1;
              if (lightHeights[r + 2] > h) line += 1;
              if (lightHeights[r + 3] > h) line += gu;
              sum += row === 0 ? line * (1 - gv) : row === 3 ? line * gv : line;
            }
            shade = sum / 9;
          }
        }
        direct = (1 - shade * shadowStrength) * (1 - 0.35 * hemmed);
      }
      const brightness = around * (1 - hemmed) + diffuse * direct * (nl > 0 ? nl : 0);

      let r = red;
      let g = green;
      let b = blue;
      if (texture !== undefined) {
        const w2 = 1 - w0 - w1;
        let s = (w0 * s0 + w1 * s1 + w2 * s2) * texelsPerM;
        let t = (w0 * t0 + w1 * t1 + w2 * t2) * texelsPerM;
        // Texels that one pixel covers, looking straight at the surface: the level where that is about one.
        let covers = z * pixelAngle * texelsPerM;
        let level = 0;
        while (covers > 1.4 && level < TEXTURE_LEVELS - 1) {
          covers *= 0.5;
          s *= 0.5;
          t *= 0.5;
          level++;
        }
        const size = TEXTURE_SIZE >> level;
        const mask = size - 1;
        const texels = texture.levels[level];
        s -= 0.5;
        t -= 0.5;
        const fs = Math.floor(s);
        const ft = Math.floor(t);
        const gs = s - fs;
        const gt = t - ft;
        const left = fs & mask;
        const right = (fs + 1) & mask;
        const top = (ft & mask) * size;
        const low = ((ft + 1) & mask) * size;
        const first = texels[top + left] + (texels[top + right] - texels[top + left]) * gs;
        const second = texels[low + left] + (texels[low + right] - texels[low + left]) * gs;
        const pattern = first + (second - first) * gt;
        r *= 1 + pattern * redByTexture;
        g *= 1 + pattern * greenByTexture;
        b *= 1 + pattern * blueByTexture;
      }
      r *= brightness;
      g *= brightness;
      b *= brightness;
      if (highlight > 0.01) {
        const length = Math.sqrt(1 + across * across + down * down);
        const facing = -(nx * (rowX + stepX * x) + ny * (rowY + stepY * x) + nz * dirZ) / length;
        // A rim of reflected room on smooth surfaces, more towards grazing angles.
        const grazing = 1 - (facing > 0 ? facing : 0);
        let shine = highlight * 0.16 * grazing * grazing * grazing * (0.6 + 0.4 * nz);
        if (direct > 0) {
          const half = (nl + facing) / Math.sqrt(2 - (2 * towardLight) / length + 1e-6);
          if (half > 0.6) {
            let spot = half < 1 ? half : 1;
            for (let i = squarings; i > 0; i--) spot *= spot;
            shine += highlight * spot * direct;
          }
        }
        r += shine;
        g += shine;
        b += shine;
      }
      r *= tintR * toCurve;
      g *= tintG * toCurve;
      b *= tintB * toCurve;
      rgb[3 * k] = curve[r < 0 ? 0 : r < CURVE_STEPS ? r | 0 : CURVE_STEPS];
      rgb[3 * k + 1] = curve[g < 0 ? 0 : g < CURVE_STEPS ? g | 0 : CURVE_STEPS];
      rgb[3 * k + 2] = curve[b < 0 ? 0 : b < CURVE_STEPS ? b | 0 : CURVE_STEPS];
    }
  }
}
