import { createRandom, type Random } from "../../../src/domain/random.js";
import type { TextureKind } from "../../scenes/scene-spec.js";

/** Texels along each side of the finest level; coarser levels halve it. A power of two, so that wrapping is a mask. */
export const TEXTURE_SIZE = 128;
export const TEXTURE_LEVELS = 5;

/**
 * One repeating pattern: brightness around 0 (about -1 to 1), to be weighed by the material's contrast.
 * Level 0 is TEXTURE_SIZE squared, each further level half as wide.
 */
export interface Texture {
  readonly levels: readonly Float32Array[];
  /** How many of the material's repeats the picture holds along one side. */
  readonly repeats: number;
  /** How strongly each colour channel follows the pattern. */
  readonly channels: readonly [number, number, number];
}

export interface TextureLibrary {
  /** Undefined for plain surfaces. Two calls with like arguments return one texture. */
  texture(kind: TextureKind, seed: number): Texture | undefined;
}

/** Variants per kind; seeds beyond wrap around. Keeps a library small when thousands of scenes share it. */
const VARIANTS = 8;

export function createTextureLibrary(): TextureLibrary {
  const made = new Map<string, Texture>();
  return {
    texture(kind, seed) {
      if (kind === "plain") return undefined;
      const variant = ((Math.trunc(seed) % VARIANTS) + VARIANTS) % VARIANTS;
      const key = `${kind} ${variant}`;
      const known = made.get(key);
      if (known) return known;
      const texture = paintTexture(kind, createRandom(variant).fork(kind));
      made.set(key, texture);
      return texture;
    },
  };
}

type Pattern = (u: number, v: number) => number;

function paintTexture(kind: Exclude<TextureKind, "plain">, random: Random): Texture {
  const { pattern, repeats, channels } = describe(kind, random);
  const finest = new Float32Array(TEXTURE_SIZE * TEXTURE_SIZE);
  let sum = 0;
  for (let y = 0, k = 0; y < TEXTURE_SIZE; y++) {
    for (let x = 0; x < TEXTURE_SIZE; x++, k++) {
      finest[k] = pattern((x + 0.5) / TEXTURE_SIZE, (y + 0.5) / TEXTURE_SIZE);
      sum += finest[k];
    }
  }
  // A pattern must not change the surface's mean colour: colours are named by what they are on average.
  const mean = sum / finest.length;
  for (let k = 0; k < finest.length; k++) finest[k] -= mean;
  const levels: Float32Array[] = [finest];
  while (levels.length < TEXTURE_LEVELS) levels.push(halved(levels[levels.length - 1]));
  return { levels, repeats, channels };
}

function halved(fine: Float32Array): Float32Array {
  const size = Math.sqrt(fine.length);
  const half = size / 2;
  const coarse = new Float32Array(half * half);
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const k = 2 * y * size + 2 * x;
      coarse[y * half + x] = (fine[k] + fine[k + 1] + fine[k + size] + fine[k + size + 1]) / 4;
    }
  }
  return coarse;
}

function describe(
  kind: Exclude<TextureKind, "plain">,
  random: Random,
): { pattern: Pattern; repeats: number; channels: readonly [number, number, number] } {
  const warm = [0.75, 1, 1.2] as const;
  const even = [1, 1, 1] as const;
  switch (kind) {
    case "wood":
      return { pattern: wood(random), repeats: 1, channels: warm };
    case "marble":
      return { pattern: marble(random), repeats: 1, channels: [1.05, 1, 0.92] };
    case "tiles":
      return { pattern: tiles(random), repeats: 4, channels: even };
    case "checker":
      return { pattern: (u, v) => (u < 0.5 === v < 0.5 ? 0.6 : -0.6), repeats: 2, channels: even };
    case "stripes":
      return { pattern: (u) => ((u * 4) % 1 < 0.5 ? 0.5 : -0.5), repeats: 4, channels: even };
    case "speckle":
      return { pattern: speckle(random), repeats: 16, channels: even };
    case "brushed":
      return { pattern: brushed(random), repeats: 1, channels: even };
    case "label":
      return { pattern: label(random), repeats: 1, channels: [1, 1.05, 1.1] };
  }
}

/** Smooth noise that repeats after 1 in u and v, made of `cellsU` x `cellsV` random values; -1 to 1. */
function noise(random: Random, cellsU: number, cellsV: number): Pattern {
  const values = Float32Array.from({ length: cellsU * cellsV }, () => 2 * random.next() - 1);
  return (u, v) => {
    const x = (u - Math.floor(u)) * cellsU;
    const y = (v - Math.floor(v)) * cellsV;
    const x0 = Math.floor(x) % cellsU;
    const y0 = Math.floor(y) % cellsV;
    const x1 = (x0 + 1) % cellsU;
    const y1 = (y0 + 1) % cellsV;
    const fx = smooth(x - Math.floor(x));
    const fy = smooth(y - Math.floor(y));
    const top = values[y0 * cellsU + x0] * (1 - fx) + values[y0 * cellsU + x1] * fx;
    const low = values[y1 * cellsU + x0] * (1 - fx) + values[y1 * cellsU + x1] * fx;
    return top * (1 - fy) + low * fy;
  };
}

const smooth = (t: number): number => t * t * (3 - 2 * t);

/** Boards running along v with long grain, knots of waviness and dark joints. */
function wood(random: Random): Pattern {
  const boards = 4;
  const shades = Array.from({ length: boards }, () => random.between(-0.22, 0.22));
  const shifts = Array.from({ length: boards }, () => random.next());
  const wave = noise(random, 4, 3);
  const grain = noise(random, 48, 3);
  const fine = noise(random, 64, 8);
  return (u, v) => {
    const board = Math.floor(u * boards) % boards;
    const inBoard = u * boards - Math.floor(u * boards);
    const along = v + shifts[board];
    const rings = Math.sin(2 * Math.PI * (u * 14 + 0.55 * wave(u, along)));
    const joint = inBoard < 0.022 ? -0.55 : 0;
    return shades[board] + 0.2 * rings + 0.28 * grain(u + 0.02 * wave(u, along), along) + 0.14 * fine(u, along) + joint;
  };
}

function marble(random: Random): Pattern {
  const coarse = noise(random, 4, 4);
  const middle = noise(random, 9, 9);
  const fine = noise(random, 24, 24);
  return (u, v) => {
    const turbulence = 0.6 * coarse(u, v) + 0.3 * middle(u, v) + 0.12 * fine(u, v);
    const vein = 1 - Math.abs(Math.sin(Math.PI * (u + 2 * v + 1.3 * turbulence)));
    const thin = 1 - Math.abs(Math.sin(Math.PI * (3 * u - v + 1.7 * turbulence + 0.4)));
    return 0.22 * turbulence - 0.6 * Math.pow(vein, 9) - 0.3 * Math.pow(thin, 14);
  };
}

/** Four by four tiles of slightly different shades between recessed grout. */
function tiles(random: Random): Pattern {
  const shades = Array.from({ length: 16 }, () => random.between(-0.1, 0.1));
  const cloud = noise(random, 12, 12);
  return (u, v) => {
    const x = u * 4;
    const y = v * 4;
    const inX = Math.abs((x % 1) - 0.5);
    const inY = Math.abs((y % 1) - 0.5);
    const edge = Math.max(inX, inY);
    if (edge > 0.478) return -0.55;
    const rim = edge > 0.455 ? 0.12 : 0;
    return shades[(Math.floor(y) % 4) * 4 + (Math.floor(x) % 4)] + 0.06 * cloud(u, v) + rim;
  };
}

function speckle(random: Random): Pattern {
  const ground = noise(random, 16, 16);
  const dots = new Float32Array(TEXTURE_SIZE * TEXTURE_SIZE);
  for (let i = 0; i < 260; i++) {
    const x = random.between(0, TEXTURE_SIZE);
    const y = random.between(0, TEXTURE_SIZE);
    const radius = random.between(0.8, 2.6);
    const depth = random.chance(0.75) ? -random.between(0.35, 0.8) : random.between(0.2, 0.5);
    for (let dy = -3; dy <= 3; dy++) {
      for (let dx = -3; dx <= 3; dx++) {
        if (Math.hypot(dx, dy) > radius) continue;
        const column = (Math.floor(x) + dx) & (TEXTURE_SIZE - 1);
        const row = (Math.floor(y) + dy) & (TEXTURE_SIZE - 1);
        dots[row * TEXTURE_SIZE + column] = depth;
      }
    }
  }
  return (u, v) =>
    dots[Math.floor(v * TEXTURE_SIZE) * TEXTURE_SIZE + Math.floor(u * TEXTURE_SIZE)] + 0.12 * ground(u, v);
}

function brushed(random: Random): Pattern {
  const lines = noise(random, 2, 128);
  const bands = noise(random, 3, 24);
  return (u, v) => 0.3 * lines(u, v) + 0.15 * bands(u, v);
}

/** Print: a heading block, lines of small text, a round mark. Reads as a label from any distance; says nothing. */
function label(random: Random): Pattern {
  const lineCount = 4 + random.below(3);
  const ends = Array.from({ length: lineCount }, () => random.between(0.55, 0.92));
  const words = noise(random, 40, lineCount);
  const markU = random.between(0.25, 0.75);
  const headLow = random.between(0.6, 0.66);
  return (u, v) => {
    if (v > 0.94 || v < 0.06) return -0.5;
    if (v > headLow && v < headLow + 0.2) {
      if (Math.hypot(u - markU, (v - headLow - 0.1) * 1) < 0.1) return 0.25;
      return u > 0.08 && u < 0.92 ? -0.75 : 0.2;
    }
    if (v < headLow - 0.08 && v > 0.12) {
      const row = (v - 0.12) / (headLow - 0.2);
      const line = Math.min(lineCount - 1, Math.floor(row * lineCount));
      const inLine = row * lineCount - line;
      if (inLine < 0.55 && u > 0.1 && u < ends[line] && words(u, (line + 0.5) / lineCount) > -0.35) return -0.6;
    }
    return 0.2;
  };
}
