import type { Wish } from './wish.js';

const WORDS = (
  'amber apple arrow basil beech birch bloom brook cedar chalk cliff clover coral crane daisy delta ' +
  'ember fable falcon fern field flint forest garden ginger grove harbor hazel heron honey island ivory ' +
  'jasper juniper kettle lagoon lantern laurel lemon lilac linen maple marble meadow mint mosaic nectar ' +
  'oak olive onyx opal orchid otter pearl pebble pepper pine plum poppy quartz raven reed river robin ' +
  'saffron sage sienna silver sparrow spruce stone summer thistle tulip velvet violet walnut willow'
).split(' ');

/** A short word; beyond the list with a number, so that no two of a sequence are equal. */
export function wordFor({ step, seed }: Wish): string {
  if (step === 0) return 'string';
  const word = WORDS[(seed + step) % WORDS.length] ?? 'string';
  const round = Math.floor((step - 1) / WORDS.length);
  return round === 0 ? word : `${word}${round}`;
}

/** A text of exactly this many letters, another for each step while there are enough of them. */
export function lettersFor({ step, seed }: Wish, length: number): string {
  let left = step === 0 ? 0 : step + (seed % 26 ** Math.min(4, length));
  let text = '';
  while (text.length < Math.min(length, 8)) {
    text = String.fromCharCode(97 + (left % 26)) + text;
    left = Math.floor(left / 26);
  }
  return text.padStart(length, 'x');
}
