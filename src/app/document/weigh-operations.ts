import { basename } from 'node:path';
import { UserError } from '../../kernel/errors.js';
import { percent, plural } from '../../kernel/format.js';
import { redactText } from '../../kernel/redact-text.js';
import { oneLine } from '../../kernel/text.js';
import type { Observer } from '../../model/live/run-events.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { givenWeights } from '../../openapi/weights/given-weights.js';
import { logWeights, type LogWeights } from '../../openapi/weights/log-weights.js';

/**
 * Of a mixture its operations, each with its weight above 0, and a notice of what it is; empty where each operation is
 * loaded alone.
 */
export async function weighOperations(
  selected: readonly DescribedOperation[],
  all: readonly DescribedOperation[],
  { mixture }: RunConfig,
  observe: Observer,
): Promise<ReadonlyMap<DescribedOperation, number>> {
  if (mixture === null) return new Map();
  const { weights, isOfScenario, log } = mixture;
  const found =
    log === null
      ? givenWeights(selected, all, { weights, mustBeSelected: !isOfScenario })
      : await weightsFrom(log, selected, all, observe);
  const asked = new Map([...found].filter(([, weight]) => weight > 0));
  if (asked.size === 0) {
    const hint = 'Give one of them a weight above 0: --weights NAME=1.';
    throw new UserError('usage', 'weights: every operation that this run selects has the weight 0.', hint);
  }
  // Of one there is nothing to mix.
  if (asked.size > 1) observe({ kind: 'notice', message: mixtureWords(asked) });
  return asked;
}

const MOST_NAMED = 8;

/** `The mixture of 2 operations: GET /items/{item_id} 90.0 %, POST /items 10.0 %.` */
function mixtureWords(weights: ReadonlyMap<DescribedOperation, number>): string {
  const total = sum(weights.values());
  const parts = [...weights]
    .sort(([, a], [, b]) => b - a)
    .map(([operation, weight]) => `${nameOf(operation)} ${percent(weight / total)} %`);
  return oneLine(`The mixture of ${plural(parts.length, 'operation')}: ${named(parts)}.`);
}

async function weightsFrom(
  log: string,
  selected: readonly DescribedOperation[],
  all: readonly DescribedOperation[],
  observe: Observer,
): Promise<ReadonlyMap<DescribedOperation, number>> {
  const found = await logWeights(log, all);
  const { hits } = found;
  const message = oneLine(logWords(basename(log), found, selected));
  const weights = new Map(selected.map((one) => [one, hits.get(one) ?? 0]));
  if (sum(weights.values()) === 0) {
    const hint =
      'Select what the log asks with --methods and --include, or give weights with --weights NAME=9.';
    throw new UserError('usage', `weights: the log asks none of the selected operations. ${message}`, hint);
  }
  observe({ kind: 'notice', message });
  return weights;
}

/** What the log could be used for, and what of it could not be. */
function logWords(
  log: string,
  { hits, lines, unreadable, unmapped }: LogWeights,
  selected: readonly DescribedOperation[],
): string {
  const used = sum(selected.map((one) => hits.get(one) ?? 0));
  const others = [...hits].filter(([one]) => !selected.includes(one)).sort(([, a], [, b]) => b - a);
  const silent = selected.filter((one) => !hits.has(one));
  const left = lines - sum(hits.values()) - unreadable;
  return [
    `Weights from ${log}: ${percent(used / lines)} % of its ${plural(lines, 'line')} ask the operations of this run.`,
    ...(left === 0
      ? []
      : [`${percent(left / lines)} % ask what the document does not have: ${named(unmapped.map(counted))}.`]),
    ...(others.length === 0
      ? []
      : [
          `${percent(sum(others.map(([, count]) => count)) / lines)} % ask operations that this run does not select: ${named(others.map(([one, count]) => counted([nameOf(one), count])))}.`,
        ]),
    ...(unreadable === 0 ? [] : [`${percent(unreadable / lines)} % hold no request that can be read.`]),
    ...(silent.length === 0
      ? []
      : [`Left out, since the log does not ask them: ${named(silent.map(nameOf))}.`]),
  ].join(' ');
}

const LONGEST_NAME = 80;

function counted([name, count]: readonly [string, number]): string {
  const shown = redactText(name);
  return `${shown.length > LONGEST_NAME ? `${shown.slice(0, LONGEST_NAME)}…` : shown} (${count})`;
}

function nameOf({ method, path }: DescribedOperation): string {
  return `${method} ${path}`;
}

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}
