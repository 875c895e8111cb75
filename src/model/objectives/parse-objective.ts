import { nearest } from '../../kernel/text.js';
import type { FigureDefinition } from '../figures/figure.js';
import { unitsFor } from './objective-units.js';
import type { Objective, Operator } from '../results/objective.js';

/** What people call figures beside their ids. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  errors: 'failure-share',
  rps: 'achieved',
  avg: 'mean',
  'p99.9': 'p999',
};

const FORM = /^(.*?)\s*(<=|>=|<|>)\s*(.*)$/s;
/** How people write operators elsewhere. */
const OTHER_OPERATORS: readonly [RegExp, Operator][] = [
  [/≤|=</, '<='],
  [/≥|=>/, '>='],
];
const LIMIT = /^(\d+(?:\.\d+)?)\s*([a-zµμ%/]+)?(?:\s+at\s+(\S.*))?$/i;
const LOAD = /^(\d+(?:\.\d+)?)\s*(\/s|req\/s|rps|users?|at once)$/;
const LOADS: Readonly<Record<string, NonNullable<Objective['load']>['of']>> = {
  '/s': 'rate',
  'req/s': 'rate',
  rps: 'rate',
  user: 'users',
  users: 'users',
  'at once': 'concurrency',
};

/** An objective, or what is wrong with its text, to follow the text itself. */
export type Parsed = { readonly objective: Objective } | { readonly problem: string };

/**
 * `[OPERATION] FIGURE < LIMIT [at LOAD]`, as in `p95 < 300ms`, `GET /items errors < 0.1%`, `rps >= 500 at 50 users`.
 * `figures` are those that there are.
 */
export function parseObjective(text: string, figures: readonly FigureDefinition[]): Parsed {
  for (const [other, operator] of OTHER_OPERATORS)
    if (other.test(text)) return { problem: `has ${other.exec(text)?.[0]} in place of ${operator}` };
  const form = FORM.exec(text.trim());
  if (!form) return { problem: 'has no <, <=, > or >=: write it as in p95 < 300ms' };
  const [, left = '', operator = '', right = ''] = form;
  const words = left.split(/\s+/).filter(Boolean);
  const name = words.at(-1);
  if (name === undefined) return { problem: 'names no figure: write it as in p95 < 300ms' };
  const id = ALSO_CALLED[name] ?? name;
  const named = figures.find((one) => one.id === id);
  if (!named) {
    const [near] = nearest(name, [...figures.map((one) => one.id), ...Object.keys(ALSO_CALLED)]);
    return { problem: `there is no figure ${name}${near === undefined ? '' : `; did you mean ${near}?`}` };
  }
  const limit = LIMIT.exec(right.trim());
  if (!limit)
    return {
      problem: 'its limit is not a plain number with a unit: write it as in p95 < 300ms or p95 < 0.3s',
    };
  const [, digits = '', written = '', at] = limit;
  const share = figures.find((one) => one.id === shareIdOf(id));
  const figure = written === '%' && share ? share : named;
  const factor = factorOf(figure, written);
  if (factor === undefined) {
    const units = [named, ...(share ? [share] : [])].flatMap((one) => Object.keys(unitsFor(one.unit.symbol)));
    return { problem: problemOfUnit(name, digits, written, units) };
  }
  const load = at === undefined ? null : loadOf(at);
  if (load === undefined) return { problem: `“${at}” is not a load: write 1000/s, 50 users or 10 at once` };
  const scope = words.slice(0, -1).join(' ');
  return {
    objective: {
      ...{ text: text.trim(), scope: scope === '' ? null : scope, figure: figure.id },
      ...{ operator: operator as Operator, limit: Number(digits) * factor, unit: figure.unit.symbol, load },
    },
  };
}

/** `memory < 80%` is about `memory.share`: how much that is of what it may be. */
function shareIdOf(id: string): string {
  return id.endsWith('.max') ? `${id.slice(0, -'.max'.length)}.share.max` : `${id}.share`;
}

function factorOf({ unit }: FigureDefinition, written: string): number | undefined {
  const units = unitsFor(unit.symbol);
  return Object.hasOwn(units, written) ? units[written] : undefined;
}

function problemOfUnit(name: string, digits: string, written: string, known: readonly string[]): string {
  const meant = known.find((unit) => unit.toLowerCase() === written.toLowerCase());
  const examples = (meant === undefined ? known : [meant]).map((unit) => `${digits}${unit}`).join(' or ');
  if (written === '') return `its limit needs a unit: write ${examples}`;
  return `its limit is in ${written}, which does not fit ${name}: write ${examples}`;
}

function loadOf(text: string): Objective['load'] | undefined {
  const [, size, word = ''] = LOAD.exec(text.trim()) ?? [];
  const of = LOADS[word];
  return of === undefined || Number(size) <= 0 ? undefined : { size: Number(size), of };
}
