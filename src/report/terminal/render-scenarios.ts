import { Chalk, type ChalkInstance } from 'chalk';
import { oneLine } from '../../kernel/text.js';
import { formatTimeLeft } from '../../kernel/units.js';
import type { ListedLoad, ListedScenario, Need } from '../../model/config/listed-scenario.js';
import type { TerminalOptions } from './render-tables.js';

/** One block for each scenario. */
export function renderScenarios(
  scenarios: readonly ListedScenario[],
  { color, unicode = true }: Pick<TerminalOptions, 'color' | 'unicode'>,
): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  return scenarios.map((one) => blockOf(one, unicode, paint).join('\n')).join('\n\n');
}

function blockOf(scenario: ListedScenario, unicode: boolean, paint: ChalkInstance): string[] {
  const { name, place, file, description, needs, loads, problem } = scenario;
  const where = place === 'shipped' ? 'shipped' : file;
  const head = `${paint.bold(oneLine(name))}  ${paint.dim(oneLine(where))}`;
  if (problem !== null) return [head, ...problem.split('\n').map((line) => `  ${paint.red(oneLine(line))}`)];
  return [
    head,
    ...(description === null ? [] : [`  ${oneLine(description)}`]),
    ...labelled(
      'needs',
      needs.length === 0 ? ['nothing beside Node'] : needs.map((need) => needLine(need, unicode, paint)),
    ),
    ...labelled('takes', loads.filter(({ profile }) => profile === null).map(lengthOf)),
    ...labelled('profiles', loads.filter(({ profile }) => profile !== null).map(profileLine)),
  ];
}

const LABEL_WIDTH = 10;

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, at) => `  ${(at === 0 ? label : '').padEnd(LABEL_WIDTH)}${line}`);
}

function needLine({ name, isHere, note }: Need, unicode: boolean, paint: ChalkInstance): string {
  const [yes, no] = unicode ? ['✓', '✗'] : ['yes', 'no'];
  const mark = isHere ? paint.green(yes) : paint.red(no);
  const what = note.startsWith(name) ? note : `${name}: ${note}`;
  return `${mark} ${oneLine(what)}`;
}

function profileLine(load: ListedLoad): string {
  const description = load.description === null ? '' : ` (${oneLine(load.description)})`;
  return `${oneLine(load.profile ?? '')}${description}: ${lengthOf(load)}`;
}

/** If the target keeps up, with its start. */
function lengthOf({ durationMs, isPerOperation }: ListedLoad): string {
  if (durationMs === null) return 'a fixed number of requests, as long as they take';
  const each = isPerOperation ? ' for each operation' : '';
  return `about ${formatTimeLeft(durationMs)}${each}`;
}
