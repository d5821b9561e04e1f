import type { IncomingMessage } from "node:http";

export type Body =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly status: 400 | 413; readonly message: string };

/** The JSON body of a request; nothing where there is none. More than `mostBytes` are not read. */
export async function readJsonBody(request: IncomingMessage, mostBytes: number): Promise<Body> {
  const tooLarge: Body = { ok: false, status: 413, message: `Expected at most ${mostBytes} bytes.` };
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) return tooLarge;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) return tooLarge;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8").trim();
  if (text === "") return { ok: true, json: {} };
  try {
    return { ok: true, json: JSON.parse(text) as unknown };
  } catch (error) {
    return {
      ok: false,
      status: 400,
      message: `Expected JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
