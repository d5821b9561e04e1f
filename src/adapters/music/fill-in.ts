/** JSON with `{name}` in its texts filled in. A text that is nothing but one name becomes the value itself, numbers as numbers. */
export function fillIn(template: unknown, values: Readonly<Record<string, string | number | undefined>>): unknown {
  if (Array.isArray(template)) return template.map((each) => fillIn(each, values));
  if (typeof template === "object" && template !== null) {
    return Object.fromEntries(
      Object.entries(template).flatMap(([key, value]) => {
        const filled = fillIn(value, values);
        return filled === undefined ? [] : [[key, filled]];
      }),
    );
  }
  if (typeof template !== "string") return template;
  const [, whole] = /^\{(\w+)\}$/.exec(template) ?? [];
  if (whole !== undefined && whole in values) return values[whole];
  return template.replaceAll(/\{(\w+)\}/g, (text, name: string) =>
    name in values ? String(values[name] ?? "") : text,
  );
}

/** An address with `{job}` filled in, as one part of the path or query: a name from a server adds no parts of its own. */
export const fillInJob = (url: string, job: string): string => url.replaceAll("{job}", encodeURIComponent(job));

/** What stands at `0.audio_url` in a value; undefined where there is nothing. */
export function fieldAt(value: unknown, path: string): unknown {
  let at = value;
  for (const name of path.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}
