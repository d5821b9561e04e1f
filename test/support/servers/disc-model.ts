import sharp from "sharp";
import { Objection, type SeenRequest } from "./model-server.js";
import type { ModelFamily } from "./model-families.js";

const COLORS: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [220, 30, 30],
  green: [20, 150, 50],
  blue: [30, 60, 220],
  yellow: [240, 210, 20],
  black: [15, 15, 15],
};
const NEAR = 60;

/** A model that is asked for discs, and finds them in the picture by their colours. */
export const discModel =
  (family: ModelFamily) =>
  async ({ turns: [{ images }] }: SeenRequest): Promise<string> => {
    const bytes = Buffer.from(images[0].slice(images[0].indexOf(":") + 1), "base64");
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const points = Object.entries(COLORS).map(([name, color]) => {
      let [count, sumX, sumY] = [0, 0, 0];
      for (let pixel = 0; pixel < info.width * info.height; pixel++) {
        if (color.some((value, channel) => Math.abs(data[pixel * 3 + channel] - value) > NEAR)) continue;
        count += 1;
        sumX += (pixel % info.width) + 0.5;
        sumY += Math.floor(pixel / info.width) + 0.5;
      }
      if (count === 0) throw new Objection(`There is no ${name} disc in the picture.`);
      return [name, family.write?.({ x: sumX / count / info.width, y: sumY / count / info.height }, info)];
    });
    const answer = JSON.stringify(Object.fromEntries(points));
    return family.wrap?.(answer) ?? answer;
  };
