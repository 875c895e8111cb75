import { serverWordsIn } from '../model/results/server-words.js';
import type { UnjudgedCell } from '../model/results/cell-record.js';

/** `The server said “no connection left” (status 500, GET /items)`, of what failed most; '' where it said nothing. */
export function serverSaid(cells: readonly UnjudgedCell[]): string {
  const [most] = serverWordsIn(cells);
  return most === undefined ? '' : `The server said “${most.message}” (${most.kind}, ${most.asked})`;
}

/** The same as a sentence behind another one. */
export function saidSentence(cells: readonly UnjudgedCell[]): string {
  const said = serverSaid(cells);
  return said === '' ? '' : ` ${said}.`;
}
