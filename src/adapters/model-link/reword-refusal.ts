import { LinkFailure } from "./link-failure.js";

/** The link's own words for a refused request speak of pictures and contexts; servers of sound get others. */
export function rewordRefusal(error: unknown, { server, advice }: { server: string; advice: string }): unknown {
  if (!(error instanceof LinkFailure) || error.code !== "unsupported") return error;
  const { status, said } = error;
  if (status === undefined || status < 400) return error;
  const quote = said === undefined || said === "" ? "without a reason" : `"${said}"`;
  return new LinkFailure("unsupported", `${server} does not take this request (HTTP ${status}): ${quote}. ${advice}`, {
    status,
    ...(said === undefined ? {} : { said }),
  });
}
