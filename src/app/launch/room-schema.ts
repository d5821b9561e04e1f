import { z } from "zod";

const height = (what: string) => z.number().min(-1).max(3).optional().describe(`Metres above the floor: ${what}.`);

/** The room as a person measures it once, with a tape. */
export const roomSchema = z
  .strictObject({
    worktop: height("the counter or table in front of the robot"),
    shelf: height("the board of a shelf"),
    sink: height("the bottom of a sink"),
    drawer: height("the floor inside of drawers"),
    handle: height("the middle of drawer handles"),
  })
  .describe("Heights of surfaces; cameras without a depth sensor tell by them how far away things are.");
