import { UserError } from '../../src/kernel/errors.js';

/** The UserError that the work ends with; fails when it ends well or with another error. */
export async function userErrorOf(work: () => unknown): Promise<UserError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('expected a UserError, nothing was thrown');
}
