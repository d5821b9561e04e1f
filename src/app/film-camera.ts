import type { Camera } from "../ports/camera.js";
import type { FilmOptions } from "../../sim/index.js";
import type { Timers } from "../execution/index.js";

/** Pictures of a real camera at a steady pace; moments without one are left out. Returns the function that ends it. */
export function filmCamera(camera: Camera, { everyS, sink }: FilmOptions, timers: Timers): () => void {
  const end = new AbortController();
  let cancel = (): void => {};
  const next = async (): Promise<void> => {
    try {
      sink(await camera.latest({ maxAgeMs: 1_000, signal: end.signal }));
    } catch {
      // The mission tells what is wrong with the camera; a film has a gap.
    }
    if (!end.signal.aborted) cancel = timers.after(everyS * 1000, () => void next());
  };
  void next();
  return () => {
    end.abort();
    cancel();
  };
}
