/** Why a run could not be done: `usage` = the user's words (exit code 2), `run` = the run itself (3). */
export type Fault = 'usage' | 'run';

/** An error the user can mend: printed as message and hint, without a stack. */
export class UserError extends Error {
  readonly fault: Fault;
  /** What to do about it, one or more sentences. */
  readonly hint: string | undefined;

  constructor(fault: Fault, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.fault = fault;
    this.hint = hint;
  }
}

/** Closes a switch over a union: a new member is a compile error, a wrong value at run time a bug. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}

/** The message of whatever was thrown, with its cause, since fetch hides the reason there. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause: unknown = error.cause;
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  if (cause instanceof Error) return reasonOf(cause);
  return error.message || error.name;
}

/** The system's code of an error (`ENOENT`, `ECONNREFUSED`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
