import type { BrokerRules } from "../../app/create-broker.js";
import type { Remote } from "../../app/launch/remote-schema.js";
import { unframeSound } from "../../domain/remote/framing.js";
import { isStreamTopic, parseInbound, ROOT } from "../../domain/remote/topics.js";
import { isSameSecret as isSame } from "../http/is-same-secret.js";

/** The login of a robot's own link. */
export const robotLogin = (id: string): string => `robot-${id}`;

export interface RulesOptions {
  readonly remote: Pick<Remote, "operators" | "robots">;
  /** The robot of this process, with a password that nobody else knows. */
  readonly own: { readonly id: string; readonly password: string };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Rules of the broker in this process: a robot's link writes reports below its own name; everybody else writes inbound topics, and
 * under their own name. Passwords come from the environment. While no operators are listed, names are believed.
 */
export function brokerRules({ remote, own, env }: RulesOptions): BrokerRules {
  const isOpen = remote.operators.length === 0;
  const robotOf = (username: string | undefined): string | undefined =>
    username?.startsWith("robot-") === true ? username.slice("robot-".length) : undefined;

  return {
    mayConnect(username, password) {
      const robot = robotOf(username);
      if (robot === own.id) return isSame(password, own.password);
      if (robot !== undefined) {
        const listed = remote.robots.find((each) => each.id === robot);
        return listed === undefined ? isOpen : isSame(password, env[listed.passwordEnv]);
      }
      if (isOpen) return true;
      const operator = remote.operators.find((each) => each.name === username);
      if (operator === undefined) return false;
      return operator.passwordEnv === undefined || isSame(password, env[operator.passwordEnv]);
    },
    judge(username, { topic, payload, retain }) {
      const writer = robotOf(username);
      if (writer !== undefined) return topic.startsWith(`${ROOT}/${writer}/`) ? "pass" : "drop";
      const address = parseInbound(topic.split("/")[1] ?? "", topic);
      if (address === undefined) return "drop";
      if (address.name === "stop") return "pass";
      if (!isOpen && writerOf(address.name === "audio", payload) !== username) return "drop";
      return retain ? "retained" : "pass";
    },
    mayRead: (_username, filter) => filter.startsWith(`${ROOT}/`),
    isStream: isStreamTopic,
  };
}

/** The name that a message gives itself; undefined for one that cannot be read, which nobody needs to see. */
function writerOf(isSound: boolean, payload: Uint8Array): string | undefined {
  try {
    const text = isSound ? unframeSound(payload)?.header : new TextDecoder().decode(payload);
    const json = JSON.parse(text ?? "") as { operator?: unknown } | null;
    return typeof json?.operator === "string" ? json.operator : undefined;
  } catch {
    return undefined;
  }
}
