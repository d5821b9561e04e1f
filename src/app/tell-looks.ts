import type { Look, Perception } from "../ports/perception.js";

/** The same perception, whose looks others may read too. A reader that throws loses its place; the look is not affected. */
export function tellLooks(perception: Perception): {
  readonly perception: Perception;
  readonly onLook: (sink: (look: Look) => void) => () => void;
} {
  const sinks = new Set<(look: Look) => void>();
  return {
    perception: {
      name: perception.name,
      async look(options) {
        const look = await perception.look(options);
        for (const sink of sinks) {
          try {
            sink(look);
          } catch {
            sinks.delete(sink);
          }
        }
        return look;
      },
      reset: () => perception.reset(),
      close: () => perception.close(),
    },
    onLook(sink) {
      sinks.add(sink);
      return () => void sinks.delete(sink);
    },
  };
}
