import { Chalk } from 'chalk';
import type { CellRecord } from '../../model/run-record.js';
import { noSuccessSentence } from '../no-success-words.js';
import { plainCharacters } from './charts/plain-characters.js';
import type { TerminalOptions } from './render-tables.js';
import { wrapWords } from './wrap-name.js';

/** What must be read before any figure: that nothing succeeded; `undefined` when something did. */
export function renderConclusion(cells: readonly CellRecord[], options: TerminalOptions): string | undefined {
  const sentence = noSuccessSentence(cells);
  if (sentence === undefined) return undefined;
  const { red } = new Chalk({ level: options.color ? 1 : 0 });
  const text = wrapWords(sentence, options.width)
    .map((line) => red(line))
    .join('\n');
  return options.unicode === false ? plainCharacters(text) : text;
}
