import { plural } from '../kernel/format.js';
import type { Api } from './read-api.js';
import type { Observer } from './run-events.js';

/** One line about what the document asks for and nobody can send. */
export function noteProblems({ problems }: Api, observe: Observer): void {
  if (problems.length === 0) return;
  const skipped = problems.filter(({ isSkipped }) => isSkipped).length;
  const message = `The document has ${plural(problems.length, 'problem')}, for ${skipped} of which an operation or path is skipped: bench list names them.`;
  observe({ kind: 'notice', message });
}
