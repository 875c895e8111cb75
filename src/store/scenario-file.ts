import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { codeOf, reasonOf, UserError } from '../kernel/errors.js';

/** Says early that a file is in the way. */
export function refuseExisting(file: string): void {
  if (existsSync(file)) throw inTheWay(file);
}

/** Writes a scenario file; over another one only when `mayReplace`. */
export async function writeScenarioFile(file: string, text: string, mayReplace: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: mayReplace ? 'w' : 'wx' });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw inTheWay(file);
    throw new UserError(
      'usage',
      `The scenario file ${file} could not be written: ${reasonOf(error)}.`,
      'Choose another place with --output FILE.',
    );
  }
}

function inTheWay(file: string): UserError {
  return new UserError(
    'usage',
    `${file} exists already.`,
    '--force writes over it; --output FILE writes elsewhere.',
  );
}
