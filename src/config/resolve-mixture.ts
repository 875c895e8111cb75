import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { asksAll, type Load } from '../model/loads/index.js';
import type { MixtureConfig } from '../model/config/run-config.js';
import { MOST_WEIGHT } from '../model/config/weights.js';
import type { FlagReader, RunFlags } from './flag-reader.js';

/** Whether cells ask all operations together, and by which weights: `--mix`, or a kind of load that always does. */
export function resolveMixture(
  read: FlagReader,
  flags: RunFlags,
  ofScenario: Readonly<Record<string, number>> | undefined,
  loads: readonly Load[],
): MixtureConfig | null {
  const { weights: words, weightsFrom: log } = flags;
  const given = readWeights(read, words);
  const flag = words === undefined ? 'weights-from' : 'weights';
  if (words !== undefined && log !== undefined)
    read.problems.push('--weights excludes --weights-from: both say how often each operation is asked');
  if (log !== undefined && !existsSync(log)) read.problems.push(`--weights-from: there is no file ${log}`);
  if (flags.mix !== true && !loads.some(asksAll)) {
    if (words !== undefined || log !== undefined)
      read.problems.push(
        `--${flag} needs a mixture, and each cell asks one operation here: add --mix, which asks all of them together`,
      );
    return null;
  }
  if (log !== undefined) return { weights: {}, isOfScenario: false, log: resolve(log) };
  return given
    ? { weights: given, isOfScenario: false, log: null }
    : { weights: ofScenario ?? {}, isOfScenario: true, log: null };
}

/** `get_item=9`, `GET /items/{id}=9`; of two for the same name the later one counts. */
function readWeights(
  read: FlagReader,
  words: readonly string[] | undefined,
): Record<string, number> | undefined {
  if (words === undefined) return undefined;
  const pairs = words.map((word): [name: string, weight: number] => {
    // A path may hold the sign as well.
    const [, name, text] = /^\s*(.+?)\s*=\s*([^=]*)$/s.exec(word) ?? [];
    const weight = Number(text);
    const isWeight = name !== undefined && text?.trim() !== '' && weight >= 0 && weight <= MOST_WEIGHT;
    if (!isWeight) read.complain('weights', `NAME=WEIGHT with a weight from 0 to ${MOST_WEIGHT}`, word);
    return [name ?? '', weight];
  });
  return Object.fromEntries(pairs);
}
