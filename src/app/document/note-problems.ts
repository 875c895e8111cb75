import { plural } from '../../kernel/format.js';
import type { Api } from './read-api.js';
import type { Observer } from '../../model/live/run-events.js';

/** One line about what the document asks for and nobody can send. */
export function noteProblems({ problems }: Api, observe: Observer): void {
  if (problems.length === 0) return;
  const skipped = problems.filter(({ isSkipped }) => isSkipped).length;
  const message = `The document has ${plural(problems.length, 'problem')}, ${consequence(skipped, problems.length)}: bench list names them.`;
  observe({ kind: 'notice', message });
}

function consequence(skipped: number, all: number): string {
  if (skipped === 0) return 'though no operation or path is skipped';
  const which = skipped < all ? `${skipped} of which` : all === 1 ? 'which' : 'each of which';
  return `for ${which} an operation or path is skipped`;
}
