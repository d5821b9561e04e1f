/** An expected outcome: a value, or a failure with a literal code. Broken things throw a `ControllerError` instead. */
export type Result<T, Code extends string = string> = Ok<T> | Failure<Code>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Failure<Code extends string = string> {
  readonly ok: false;
  readonly code: Code;
  /** What was expected, what was found, and what to do next. For people; branch on `code`. */
  readonly message: string;
  /** Numbers and names behind the message: the bound that was hit, the candidates that fit ... */
  readonly details?: Readonly<Record<string, unknown>>;
}

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

export function fail<Code extends string>(
  code: Code,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): Failure<Code> {
  return details === undefined ? { ok: false, code, message } : { ok: false, code, message, details };
}
