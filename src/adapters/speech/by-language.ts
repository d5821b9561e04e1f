/** Something for each language, by BCP 47 tag: `zh-HK` before `zh`. Undefined where there is none for this one. */
export function byLanguage<T>(table: Readonly<Record<string, T>>, language: string): T | undefined {
  const tag = language.toLowerCase();
  const entries = new Map(Object.entries(table).map(([name, value]) => [name.toLowerCase(), value]));
  return entries.get(tag) ?? entries.get(tag.split("-")[0]);
}

/** The language without its region, in small letters: `zh` of `zh-CN`. */
export const baseLanguage = (language: string): string => language.toLowerCase().split("-")[0];
