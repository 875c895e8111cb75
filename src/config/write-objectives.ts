import { oneLine } from '../kernel/text.js';
import { listed, marked, yaml } from './yaml-comments.js';

/** What the results of a run suggest as good enough. */
export interface ObjectivesDraft {
  /** The name of its directory. */
  readonly run: string;
  readonly objectives: readonly string[];
  /** `GET /items`: operations that it asked, and from which no limit can be taken. */
  readonly without: readonly string[];
}

const MADE_UP = ['p95 < 300ms', 'errors < 0.1%'];
const WHAT_FOR = 'What is good enough: bench run ends with 1 where one of these is missed.';

/** `objectives:` in comments, with limits that were measured, or else with how to measure them. */
export function objectivesNote(draft: ObjectivesDraft | null, measuring: readonly string[]): string {
  return [WHAT_FOR, ...(draft === null ? unmeasured(measuring) : measured(draft))].join('\n');
}

function unmeasured(measuring: readonly string[]): string[] {
  return [
    'These limits are made up. To see this file with limits from what your server does, measure it first:',
    ...measuring,
    block(MADE_UP),
  ];
}

function measured({ run, objectives, without }: ObjectivesDraft): string[] {
  const whence =
    objectives.length === 0
      ? `These limits are made up, as none could be taken from ${oneLine(run)}: bench plot says why.`
      : `The times are the p95 at the lowest load of ${oneLine(run)}, times 1.5.`;
  const left = listed('No limit could be taken from that run for:', without);
  return [whence, block(objectives.length === 0 ? MADE_UP : objectives), ...(left === '' ? [] : [left])];
}

/** Each on a line of its own, as there may be many. */
function block(objectives: readonly string[]): string {
  return marked(['objectives:', ...objectives.map((text) => `  ${yaml([text])}`)].join('\n'));
}
