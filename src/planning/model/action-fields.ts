import { actionSchema } from "../../domain/action.js";

/** The arguments of every action, by its name, read off the schema so that the two cannot part. */
export const ACTION_FIELDS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  actionSchema.options.map(({ shape }) => [
    shape.action.value,
    Object.keys(shape).filter((field) => field !== "action"),
  ]),
);
