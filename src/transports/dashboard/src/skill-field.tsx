import type { Schema } from "./skill-link.js";
import { MediaField } from "./media-field.js";
import { t } from "./words.js";

export interface FieldProps {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
  /** Undefined: left to the skill's own default. */
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** What somebody has typed that is no JSON yet. */
export class NoJson {
  constructor(readonly text: string) {}
}

/** One field of a skill's input, as its schema has it; whatever has no control of its own is typed as JSON. */
export function SkillField(props: FieldProps) {
  const { name, schema } = props;
  return (
    <label class="field">
      <span>
        {name}
        {props.isRequired && " *"}
      </span>
      <Control {...props} />
      {schema.description !== undefined && <small>{schema.description}</small>}
    </label>
  );
}

/** As it stands in a field; nothing for what is no scalar. */
const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

function Control(props: FieldProps) {
  const { name, schema, isRequired, value, onChange } = props;
  const testId = `field-${name}`;
  if (schema["x-media"] !== undefined) return <MediaField {...props} media={schema["x-media"]} />;
  const fallback = textOf(schema.default);
  if (schema.enum !== undefined) {
    return (
      <select
        value={textOf(value)}
        data-testid={testId}
        onChange={({ currentTarget }) =>
          onChange(schema.enum?.find((each) => String(each) === currentTarget.value) ?? undefined)
        }
      >
        <option value="">{fallback === "" ? t("byDefault") : `${t("byDefault")}: ${fallback}`}</option>
        {schema.enum.map((each) => (
          <option key={String(each)} value={String(each)}>
            {String(each)}
          </option>
        ))}
      </select>
    );
  }
  const { type = "any" } = schema;
  switch (type) {
    case "boolean":
      return (
        <input
          type="checkbox"
          checked={value === undefined ? schema.default === true : value === true}
          data-testid={testId}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case "number":
    case "integer":
      return (
        <input
          type="number"
          value={textOf(value)}
          placeholder={fallback}
          required={isRequired}
          min={schema.minimum}
          max={schema.maximum}
          step={schema.type === "integer" ? 1 : "any"}
          data-testid={testId}
          onInput={({ currentTarget }) =>
            onChange(currentTarget.value === "" ? undefined : currentTarget.valueAsNumber)
          }
        />
      );
    case "string":
      return (
        <input
          value={textOf(value)}
          placeholder={fallback}
          required={isRequired}
          maxLength={schema.maxLength}
          data-testid={testId}
          onInput={({ currentTarget }) => onChange(currentTarget.value === "" ? undefined : currentTarget.value)}
        />
      );
    default:
      return <JsonField {...props} />;
  }
}

function JsonField({ name, schema, isRequired, value, onChange }: FieldProps) {
  const shown = value instanceof NoJson ? value.text : value === undefined ? "" : JSON.stringify(value);
  return (
    <>
      <textarea
        value={shown}
        placeholder={schema.default === undefined ? "JSON" : JSON.stringify(schema.default)}
        required={isRequired}
        rows={2}
        data-testid={`field-${name}`}
        onInput={({ currentTarget }) => onChange(parsed(currentTarget.value))}
      />
      {value instanceof NoJson && <span class="refusal">{t("notJson")}</span>}
    </>
  );
}

function parsed(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return new NoJson(text);
  }
}
