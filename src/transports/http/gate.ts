import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import { hostname } from "node:os";
import type { Remote } from "../../app/launch/remote-schema.js";
import { mayDo, type Role } from "../../domain/remote/roles.js";
import { isSameSecret as isSame } from "./is-same-secret.js";
import { sayJson } from "./say-json.js";

export interface GateOptions {
  readonly remote: Pick<Remote, "operators" | "defaultRole">;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Visitor {
  readonly operator: string;
  readonly role: Role;
}

/**
 * Who may come in over HTTP. While operators are listed, their name and password (Basic) or their password alone (Bearer) is needed;
 * else whoever reaches this machine is the launch file's `defaultRole`. Pages of other sites are kept out, also those that give this
 * machine's address a name of their own.
 */
export interface Gate {
  /** Undefined where the answer has been given already: 401, or 403. */
  admit(request: IncomingMessage, response: ServerResponse, needed: Role): Visitor | undefined;
  /** Whether a browser's request comes from a page of this very server; requests of other programs always do. */
  isOwnPage(request: IncomingMessage): boolean;
}

export function createGate({ remote, env }: GateOptions): Gate {
  const isOpen = remote.operators.some(({ passwordEnv }) => passwordEnv === undefined) || remote.operators.length === 0;

  function isOwnPage(request: IncomingMessage): boolean {
    const { host, origin } = request.headers;
    // With passwords a name does not matter: a page of another name has no password to send.
    if (isOpen && !isOwnName(host)) return false;
    if (origin !== undefined) return originHost(origin) === host?.toLowerCase();
    const site = request.headers["sec-fetch-site"];
    return site === undefined || site === "same-origin" || site === "none";
  }

  function identify(authorization: string | undefined): Visitor | undefined {
    if (remote.operators.length === 0) return { operator: "http", role: remote.defaultRole };
    const [scheme = "", value = ""] = (authorization ?? "").split(" ", 2);
    if (/^bearer$/i.test(scheme)) {
      const found = remote.operators.filter(
        ({ passwordEnv }) => passwordEnv !== undefined && isSame(value, env[passwordEnv]),
      );
      return found.length === 1 ? { operator: found[0].name, role: found[0].role } : undefined;
    }
    if (!/^basic$/i.test(scheme)) return undefined;
    const [, name, password] = /^([^:]*):([^]*)$/.exec(Buffer.from(value, "base64").toString("utf8")) ?? [];
    const operator = remote.operators.find((each) => each.name === name);
    if (operator === undefined) return undefined;
    const isRight = operator.passwordEnv === undefined || isSame(password, env[operator.passwordEnv]);
    return isRight ? { operator: operator.name, role: operator.role } : undefined;
  }

  return {
    isOwnPage,
    admit(request, response, needed) {
      if (!isOwnPage(request)) {
        const message = `Requests from pages of other sites are refused; this server answers to localhost, its addresses and ${hostname()}.`;
        sayJson(response, 403, { code: "cross-origin", message });
        return undefined;
      }
      const visitor = identify(request.headers.authorization);
      if (visitor === undefined) {
        // A challenge makes a browser ask in a window of its own, over whatever page has sent the request.
        const isPage = request.headers["sec-fetch-dest"] === "empty";
        sayJson(
          response,
          401,
          { code: "unauthorized", message: "Expected an operator's name and password (Basic), or password (Bearer)." },
          isPage ? {} : { "www-authenticate": 'Basic realm="handeye", charset="UTF-8"' },
        );
        return undefined;
      }
      if (mayDo(visitor.role, needed)) return visitor;
      sayJson(response, 403, {
        code: "not-allowed",
        message: `${visitor.operator} is ${visitor.role}; this needs ${needed}.`,
      });
      return undefined;
    },
  };
}

/** A name that no page of another site can have: an address, localhost, or this machine's own name. */
function isOwnName(host: string | undefined): boolean {
  if (host === undefined) return false;
  const name = host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^\[(.*)\]$/, "$1");
  const own = hostname().toLowerCase();
  return isIP(name) !== 0 || name === "localhost" || name === own || name === `${own}.local`;
}

function originHost(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
