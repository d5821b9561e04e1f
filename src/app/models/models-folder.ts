import { join } from "node:path";
import type { Launch } from "../launch/launch-schema.js";
import { defaultStateDir } from "../state-dir.js";

/** Where pulled models are: one folder each, with `model.json` and the files that it names. */
export const modelsFolder = (launch: Pick<Launch, "stateDir">): string =>
  join(launch.stateDir ?? defaultStateDir(), "models");

/** Models that are still being pulled; a pull that broke off goes on from here. */
export const stagingFolder = (store: string, name: string): string => join(store, ".pulling", name);
