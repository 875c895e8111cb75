import { UserError } from '../../kernel/errors.js';

/** Does work in which an error says whose it is: `The base: the port 8000 is taken.` */
export async function inWhoseName<T>(whose: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw ofSomebody(whose, error);
  }
}

export function ofSomebody(whose: string, error: unknown): unknown {
  if (!(error instanceof UserError)) return error;
  const { fault, message, hint } = error;
  return new UserError(fault, `${whose}: ${message}`, hint, { cause: error });
}
