import { Chalk } from 'chalk';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import type { DocumentProblem } from '../../model/requests/document-problem.js';
import type { TerminalOptions } from './render-tables.js';

const SHOWN = 20;
const MOST_CHARACTERS = 300;

/** What of a document could not be used: skipped operations before those that run without a part. */
export function renderProblems(problems: readonly DocumentProblem[], { color }: TerminalOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const sections = [
    { title: 'skipped', listed: problems.filter(({ isSkipped }) => isSkipped) },
    { title: 'repaired', listed: problems.filter(({ isSkipped }) => !isSkipped) },
  ].filter(({ listed }) => listed.length > 0);
  return sections
    .flatMap(({ title, listed }) => [
      paint.yellow(`${plural(listed.length, 'problem')} in the document, ${title}:`),
      ...listed.slice(0, SHOWN).map(({ where, message }) => `  ${clip(where)}: ${clip(message)}`),
      ...(listed.length > SHOWN ? [`  … and ${listed.length - SHOWN} more: see --json`] : []),
    ])
    .join('\n');
}

function clip(text: string): string {
  const line = oneLine(text);
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
}
