import { Chalk } from 'chalk';
import { plural } from '../../kernel/format.js';
import type { NoiseFloor } from '../../model/results/noise-floor.js';
import { changeHeads, falseAlarmSentence, findableSentences, noiseRows } from '../noise-words.js';
import { LineTable } from './line-table.js';
import type { TerminalOptions } from './render-tables.js';
import { wrapWords } from './wrap-name.js';

/** What `bench calibrate` has found. */
export function renderNoise(floor: NoiseFloor, { width, color }: TerminalOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const { machine, runs, scenario } = floor;
  const heads = changeHeads(floor);
  const table = new LineTable({
    gap: 2,
    aligns: ['left', 'left', 'right', ...heads.map(() => 'right' as const)],
  });
  table.push(
    [['Load'], ['Figure'], ['Noise'], ...heads.map((head) => [head])].map(([head]) => [
      paint.dim(head ?? ''),
    ]),
  );
  for (const { band, figure, noise, repeats } of noiseRows(floor))
    table.push([band, figure, noise, ...repeats].map((text) => [text]));
  const title = `Noise floor of ${machine.host}: ${machine.cpuModel}, ${plural(machine.cores, 'core')}, Node ${machine.node}`;
  const meaning = `Noise: standard deviation between ${runs} runs of ${scenario}. +5 %, +10 %, +20 %: repeats on each side that find such a change in four of five comparisons of one cell; – where 30 are not enough, or the change is within the margin.`;
  return [
    paint.bold(wrapWords(title, width).join('\n')),
    table.toLines().join('\n'),
    paint.dim(wrapWords(meaning, width).join('\n')),
    [...findableSentences(floor), falseAlarmSentence(floor)]
      .flatMap((sentence) => wrapWords(sentence, width))
      .join('\n'),
  ].join('\n\n');
}
