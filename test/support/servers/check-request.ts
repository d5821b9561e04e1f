import type { z } from "zod";
import { Objection, type RawRequest } from "./model-server.js";

/** The request's body as the real server reads it; fields that it does not have are an objection. */
export function checkBody<T extends z.ZodType>(schema: T, request: RawRequest): z.infer<T> {
  const parsed = schema.safeParse(request.body);
  if (!parsed.success) throw new Objection(parsed.error.message);
  return parsed.data;
}

export function checkPath(request: RawRequest, path: string | RegExp): void {
  const right = typeof path === "string" ? request.path === path : path.test(request.path);
  if (request.method !== "POST" || !right)
    throw new Objection(`Expected POST ${path}, found ${request.method} ${request.path}.`);
  if (request.headers["content-type"] !== "application/json")
    throw new Objection("Expected content-type application/json.");
}

/** A picture in base64 whose first bytes are those of its type. Gives it back as `type:base64`. */
export function checkImage(base64: string, mediaType?: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new Objection("Expected bare base64.");
  const bytes = Buffer.from(base64, "base64");
  const found =
    bytes.subarray(0, 3).toString("hex") === "ffd8ff"
      ? "image/jpeg"
      : bytes.toString("latin1", 1, 4) === "PNG"
        ? "image/png"
        : "?";
  if (found === "?" || (mediaType !== undefined && mediaType !== found)) {
    throw new Objection(`Expected a picture of type ${mediaType}, found ${found}.`);
  }
  return `${found}:${base64}`;
}

export function header(request: RawRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
