import { useState } from "preact/hooks";
import { answer } from "./link.js";
import { question } from "./store.js";
import { t } from "./words.js";

export function Question() {
  const [text, setText] = useState("");
  const asked = question.value;
  if (asked?.waiting !== true) return null;
  return (
    <section class="card question" role="alertdialog" aria-labelledby="question-title" data-testid="question">
      <h2 id="question-title">{t("question")}</h2>
      <p class="action">{asked.question}</p>
      <div class="examples">
        {asked.choices?.map((choice) => (
          <button type="button" key={choice} onClick={() => answer(asked.id, choice)}>
            {choice}
          </button>
        ))}
      </div>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") answer(asked.id, text.trim());
          setText("");
        }}
      >
        <input value={text} aria-label={t("answer")} onInput={(event) => setText(event.currentTarget.value)} />
        <button type="submit">{t("answer")}</button>
      </form>
    </section>
  );
}
