import { useState } from "preact/hooks";
import { instruct } from "./link.js";
import { isBusy, isStopped, link, responses, transcript } from "./store.js";
import { Talk } from "./talk.js";
import { EXAMPLES, language, t } from "./words.js";

const HISTORY_KEY = "handeye-history";
const MOST = 20;

function readHistory(): string[] {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(HISTORY_KEY) ?? "[]");
    return Array.isArray(saved) ? saved.filter((line) => typeof line === "string") : [];
  } catch {
    return [];
  }
}

export function Command() {
  const [text, setText] = useState("");
  const [history, setHistory] = useState(readHistory);
  const last = responses.value.at(-1);
  const canSend = link.value === "online" && !isBusy.value && !isStopped.value;

  function send(): void {
    const instruction = text.trim();
    if (instruction === "" || !canSend) return;
    instruct(instruction);
    const next = [instruction, ...history.filter((line) => line !== instruction)].slice(0, MOST);
    setHistory(next);
    localStorage.setItem(HISTORY_KEY, JSON.stringify(next));
    setText("");
  }

  return (
    <section class="card">
      <form
        class="command"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label for="command">{t("command")}</label>
        <div class="row">
          <input
            id="command"
            value={text}
            list="history"
            autocomplete="off"
            maxLength={2000}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <datalist id="history">
            {history.map((line) => (
              <option key={line} value={line} />
            ))}
          </datalist>
          <button type="submit" disabled={!canSend} data-testid="send">
            {t("send")}
          </button>
          <Talk />
        </div>
      </form>
      <div class="examples" aria-label={t("examples")}>
        {EXAMPLES[language.value].map((line) => (
          <button type="button" class="plain" key={line} onClick={() => setText(line)}>
            {line}
          </button>
        ))}
      </div>
      {transcript.value !== undefined && (
        <p class="heard" data-testid="heard">
          {t("heard")} ({transcript.value.operator}): “{transcript.value.text}”
        </p>
      )}
      {last !== undefined && !last.accepted && (
        <p class="refusal" role="alert" data-testid="refusal">
          {t("refused")}: {last.message ?? last.code}
        </p>
      )}
    </section>
  );
}
