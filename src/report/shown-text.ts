import { oneLine } from '../kernel/text.js';

const LONGEST_NAME = 200;
/** Of a longer name, since names differ at their ends. */
const NAME_END = 79;
const LONGEST_TEXT = 1000;
const HALF_CHARACTERS = /\p{Surrogate}/gu;
const CUT = /\p{Surrogate}?…\p{Surrogate}?/u;

/**
 * A name of foreign origin as people read it, 200 characters at most: on one line, without its middle when it is
 * longer. Code that measures, breaks or escapes a name gets it from here: a document may name an operation with
 * thousands of characters, and a run may have a thousand of them. Files for programs keep whole names.
 */
export function shownName(name: string): string {
  return cleaned(name.length > LONGEST_NAME ? withoutMiddle(name) : name);
}

/** Other text of foreign origin: on one line, cut at 1,000 characters. */
export function shownText(text: string): string {
  return cleaned(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
}

function withoutMiddle(name: string): string {
  return `${name.slice(0, LONGEST_NAME - NAME_END - 1)}…${name.slice(-NAME_END)}`;
}

/** Half of a character has no width and no encoding; beside a cut it is ours. */
function cleaned(text: string): string {
  return oneLine(text).replace(CUT, '…').replace(HALF_CHARACTERS, '\ufffd');
}
