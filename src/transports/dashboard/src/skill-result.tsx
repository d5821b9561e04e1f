import { useEffect, useState } from "preact/hooks";
import type { SkillArtefact, SkillResponse } from "../../../domain/skill/skill-messages.js";
import { fetchArtefact } from "./skill-link.js";
import { t } from "./words.js";

/** What came of a skill: words, values, and the files that it made. */
export function SkillResult({ response }: { readonly response: SkillResponse }) {
  const tried = response.tried.map(({ backend, code }) => `${backend} (${code})`).join(", ");
  if (!response.ok) {
    return (
      <div data-testid="skill-result">
        <p class="refusal" role="alert">
          {response.code}: {response.message}
        </p>
        {tried !== "" && <small>{`${t("triedBefore")}: ${tried}`}</small>}
      </div>
    );
  }
  const { output, artefacts, servedBy, tookMs } = response;
  const isRecord = typeof output === "object" && output !== null && !Array.isArray(output);
  const { text, ...rest } = isRecord ? (output as Record<string, unknown>) : { text: undefined, output };
  return (
    <div class="result" data-testid="skill-result">
      {typeof text === "string" && <p class="said">{text}</p>}
      {artefacts.map((artefact) => (
        <Artefact key={artefact.path} artefact={artefact} />
      ))}
      {Object.keys(rest).length > 0 && <Value value={rest} />}
      <small>
        {`${t("servedBy")} ${servedBy}, ${(tookMs / 1000).toFixed(1)} s`}
        {tried !== "" && ` · ${t("triedBefore")}: ${tried}`}
      </small>
    </div>
  );
}

const isScalar = (value: unknown): boolean => typeof value !== "object" || value === null;
function shown(value: unknown): string {
  if (typeof value === "number") return String(Number.isInteger(value) ? value : Number(value.toPrecision(5)));
  if (typeof value === "string") return value;
  return typeof value === "boolean" ? String(value) : "-";
}

/** JSON as a table: things of a list in rows, fields of a thing side by side. */
function Value({ value }: { readonly value: unknown }) {
  if (isScalar(value)) return <>{shown(value)}</>;
  if (Array.isArray(value)) {
    if (value.every(isScalar)) return <>{value.map(shown).join(", ")}</>;
    return (
      <ol>
        {value.map((item, index) => (
          <li key={index}>
            <Value value={item} />
          </li>
        ))}
      </ol>
    );
  }
  return (
    <dl>
      {Object.entries(value as Record<string, unknown>).flatMap(([key, item]) => [
        <dt key={`${key}-name`}>{key}</dt>,
        <dd key={key}>
          <Value value={item} />
        </dd>,
      ])}
    </dl>
  );
}

function Artefact({ artefact }: { readonly artefact: SkillArtefact }) {
  const [url, setUrl] = useState("");
  const [trouble, setTrouble] = useState("");
  useEffect(() => {
    let made = "";
    let isGone = false;
    fetchArtefact(artefact)
      .then((address) => {
        made = address;
        if (isGone) URL.revokeObjectURL(address);
        else setUrl(address);
      })
      .catch((error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)));
    return () => {
      isGone = true;
      URL.revokeObjectURL(made);
    };
  }, [artefact.path]);
  const { name, mediaType, recipe } = artefact;
  return (
    <figure class="artefact" data-testid="artefact">
      {url !== "" && mediaType.startsWith("image/") && <img src={url} alt={name} />}
      {url !== "" && mediaType.startsWith("audio/") && <audio src={url} controls />}
      {url !== "" && mediaType.startsWith("video/") && <video src={url} controls />}
      <figcaption>
        {url === "" ? (
          name
        ) : (
          <a href={url} download={name}>
            {name}
          </a>
        )}
        {recipe.generated === true && (
          <span class="chip generated" title={t("generatedHint")} data-testid="generated">
            {t("generated")}
          </span>
        )}
      </figcaption>
      {trouble !== "" && <p class="refusal">{trouble}</p>}
    </figure>
  );
}
