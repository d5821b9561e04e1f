import { useEffect, useRef, useState } from "preact/hooks";
import type { SkillProgress, SkillResponse } from "../../../domain/skill/skill-messages.js";
import { fetchSkills, runSkill, type Skill } from "./skill-link.js";
import { NoJson, SkillField } from "./skill-field.js";
import { SkillResult } from "./skill-result.js";
import { link, robot } from "./store.js";
import { t } from "./words.js";

/** What the robot does besides acting: choose, fill in, run, see. Only for the robot whose server the page comes from. */
export function Skills() {
  const [own, setOwn] = useState<Awaited<ReturnType<typeof fetchSkills>> | undefined>(undefined);
  const [chosen, setChosen] = useState("");
  const isOnline = link.value === "online";
  useEffect(() => {
    if (!isOnline) return;
    fetchSkills()
      .then(setOwn)
      .catch(() => setOwn(undefined));
  }, [isOnline]);
  if (own === undefined || own.robot !== robot.value) return null;
  const enabled = own.skills.filter((skill) => skill.enabled);
  const skill = enabled.find(({ name }) => name === chosen);
  return (
    <section class="card skills" data-testid="skills">
      <h2>{t("skills")}</h2>
      <label class="field">
        <span>{t("whichSkill")}</span>
        <select value={chosen} onChange={({ currentTarget }) => setChosen(currentTarget.value)} data-testid="skill">
          <option value="" />
          {enabled.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {skill !== undefined && <SkillForm key={skill.name} skill={skill} />}
    </section>
  );
}

function SkillForm({ skill }: { readonly skill: Skill }) {
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({});
  const [backend, setBackend] = useState("");
  const [progress, setProgress] = useState<SkillProgress | undefined>(undefined);
  const [response, setResponse] = useState<SkillResponse | undefined>(undefined);
  const [trouble, setTrouble] = useState("");
  const running = useRef<AbortController | undefined>(undefined);
  const [isRunning, setRunning] = useState(false);
  useEffect(() => () => running.current?.abort(), []);
  const { properties = {}, required = [] } = skill.input;
  const configured = skill.backends.filter(({ place }) => place !== undefined);
  const usable = configured.filter((each) => each.usable);
  const isReady = !Object.values(values).some((value) => value instanceof NoJson);

  async function run(): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setRunning(true);
    setProgress(undefined);
    setResponse(undefined);
    setTrouble("");
    try {
      const input = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
      setResponse(await runSkill(skill.name, input, { backend, signal: controller.signal, onProgress: setProgress }));
    } catch (error) {
      if (!controller.signal.aborted) setTrouble(error instanceof Error ? error.message : String(error));
    }
    setRunning(false);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isRunning) void run();
      }}
    >
      <p>{skill.description}</p>
      {usable.length === 0 && (
        <p class="refusal" data-testid="no-backend">
          {t("noBackend")}: {configured.map(({ type, why }) => `${type}: ${why ?? ""}`).join("; ")}
        </p>
      )}
      {Object.entries(properties).map(([name, schema]) => (
        <SkillField
          key={name}
          name={name}
          schema={schema}
          isRequired={required.includes(name)}
          value={values[name]}
          onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
        />
      ))}
      {configured.length > 1 && (
        <label class="field">
          <span>{t("backendChoice")}</span>
          <select value={backend} onChange={({ currentTarget }) => setBackend(currentTarget.value)}>
            <option value="">{t("byDefault")}</option>
            {configured.map(({ type }) => (
              <option key={type} value={type}>
                {type}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="row">
        <button type="submit" disabled={isRunning || !isReady} data-testid="run-skill">
          {t("run")}
        </button>
        {isRunning && (
          <button type="button" onClick={() => running.current?.abort()} data-testid="cancel-skill">
            {t("calledOff")}
          </button>
        )}
        {isRunning && <progress value={progress?.fraction} max={1} />}
        {isRunning && progress?.message}
      </div>
      {trouble !== "" && (
        <p class="refusal" role="alert" data-testid="skill-result">
          {trouble}
        </p>
      )}
      {response !== undefined && <SkillResult response={response} />}
    </form>
  );
}
