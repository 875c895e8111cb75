import { Chalk } from 'chalk';
import { oneLine } from '../../kernel/text.js';
import type { Report } from '../../model/report/report.js';
import { shellWords } from '../rerun-words.js';
import type { NextStep } from '../next-step.js';
import { concludeRun } from '../run-conclusion.js';
import { plainCharacters } from './charts/plain-characters.js';
import { wrapped } from './charts/display-width.js';
import type { TerminalOptions } from './render-tables.js';

const LABELS = { verdict: 'Verdict  ', worst: 'Worst    ', next: 'Next     ' } as const;

/**
 * How the output of a run ends: the verdict, the two worst endpoints, one command to go on with. `program` is how bench
 * was started: `npx bench`.
 */
export function renderConclusion(report: Report, program: string, options: TerminalOptions): string {
  const { verdict, isFailure, worst, next } = concludeRun(report);
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const verdictPaint = isFailure ? paint.red : paint.bold;
  const text = [
    ...labelled(LABELS.verdict, verdict, options.width).map((line) => verdictPaint(line)),
    ...worst.flatMap((one, at) => labelled(at === 0 ? LABELS.worst : '', one, options.width)),
    ...(next === null ? [] : nextLines(next, program, options.width)),
  ].join('\n');
  return options.unicode === false ? plainCharacters(text) : text;
}

function labelled(label: string, text: string, width: number): string[] {
  const columns = LABELS.verdict.length;
  return wrapped(text, width - columns).map(
    (line, at) => `${(at === 0 ? label : '').padEnd(columns)}${line}`,
  );
}

/** The command stands on a line of its own, whole however long it is, so that it can be copied. */
function nextLines({ aim, isBench, words }: NextStep, program: string, width: number): string[] {
  const command = oneLine(`${isBench ? `${program} ` : ''}${shellWords(words)}`);
  const secrets = command.includes('<redacted>') ? ', with your own secrets for <redacted>' : '';
  return [...labelled(LABELS.next, `${aim}${secrets}:`, width), `  ${command}`];
}
