import type { SkillService } from "../../app/skills/skill-service.js";
import type { SkillResponse } from "../../domain/skill/skill-messages.js";
import { mayDo } from "../../domain/remote/roles.js";
import type { Letter } from "./inbox.js";
import type { Reply } from "./operations.js";
import type { Outbox } from "./outbox.js";

type SkillLetter = Extract<Letter, { kind: "skill" | "skill-cancel" }>;

export interface SkillDeskOptions {
  readonly skills: SkillService;
  readonly outbox: Outbox;
  readonly nowMs: () => number;
  /** Why somebody may not have the robot move now. */
  readonly moving: (operator: string) => { readonly code: string; readonly message: string } | undefined;
  /** Where artefacts are served; absent: they are named by their path alone. */
  readonly httpUrl?: string;
}

/** Skills asked for over MQTT: what comes of a request is told once, on `skill/<name>/response`. */
export interface SkillDesk {
  take(letter: SkillLetter): Reply;
  /** Tells on the skill's own topic, too, that a request was not taken. */
  refuse(skill: string, who: { readonly id?: string; readonly operator?: string }, reply: Reply): void;
  close(): void;
}

/** Larger output goes into a file, so that no broker refuses the message. */
export const MOST_OUTPUT_BYTES = 64 * 1024;
const MOST_MESSAGE = 4_000;
const PROGRESS_EVERY_MS = 200;

export function createSkillDesk(options: SkillDeskOptions): SkillDesk {
  const { skills, outbox, nowMs } = options;
  const running = new Map<string, { readonly operator: string; readonly skill: string; cancel: AbortController }>();
  const closing = new AbortController();
  const at = (): string => new Date(nowMs()).toISOString();

  function run(letter: Extract<SkillLetter, { kind: "skill" }>): Reply {
    const { skill, operator, message } = letter;
    const { id, input, backend } = message;
    const key = `${operator} ${id}`;
    const cancel = new AbortController();
    running.set(key, { operator, skill, cancel });
    let toldAtMs = -Infinity;
    void skills
      .run(
        skill,
        { input, ...(backend === undefined ? {} : { backend }) },
        {
          signal: AbortSignal.any([cancel.signal, closing.signal]),
          from: "remote",
          mostOutputBytes: MOST_OUTPUT_BYTES,
          mayMove: () => options.moving(operator),
          onProgress(progress) {
            if (nowMs() - toldAtMs < PROGRESS_EVERY_MS) return;
            toldAtMs = nowMs();
            outbox.skillProgress(skill, { ...progress, id, operator, at: at() });
          },
        },
      )
      .then((response) => {
        running.delete(key);
        outbox.skillResponse(skill, { ...told(response, options.httpUrl), id, operator, at: at() });
      });
    return { accepted: true };
  }

  function callOff({ operator, role, skill, message }: Extract<SkillLetter, { kind: "skill-cancel" }>): Reply {
    const mine = running.get(`${operator} ${message.id}`);
    // Supervisors may call off what others have asked for.
    const found =
      mine ??
      (mayDo(role, "supervisor") ? [...running].find(([key]) => key.endsWith(` ${message.id}`))?.[1] : undefined);
    if (found === undefined || found.skill !== skill) {
      return { accepted: false, code: "unknown-request", message: "It has ended already, or is somebody else's." };
    }
    found.cancel.abort();
    return { accepted: true };
  }

  return {
    take: (letter) => (letter.kind === "skill" ? run(letter) : callOff(letter)),
    refuse(skill, { id, operator }, { code = "unknown", message = "" }) {
      if (id === undefined || operator === undefined) return;
      outbox.skillResponse(skill, { ok: false, skill, tried: [], tookMs: 0, code, message, id, operator, at: at() });
    },
    close: () => closing.abort(),
  };
}

/** Addresses in full, and no message longer than people read. */
function told(response: SkillResponse, httpUrl: string | undefined): SkillResponse {
  if (!response.ok) {
    const { details: _details, ...rest } = response;
    return { ...rest, message: rest.message.slice(0, MOST_MESSAGE) };
  }
  const artefacts = response.artefacts.map(({ url, ...artefact }) => ({
    ...artefact,
    ...(url === undefined || httpUrl === undefined ? {} : { url: httpUrl + url }),
  }));
  return { ...response, artefacts };
}
