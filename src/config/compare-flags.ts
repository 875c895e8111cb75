import { UserError } from '../kernel/errors.js';
import { nearest } from '../kernel/text.js';
import { ACROSS, FAIL_ON, type Across, type FailOn } from '../model/results/comparison.js';
import { FlagReader } from './flag-reader.js';

/** What `bench compare` is told of how to compare, as it came. */
export interface CompareWords {
  readonly across?: readonly string[] | undefined;
  readonly map?: readonly string[] | undefined;
  readonly failOn?: string | undefined;
}

export interface CompareWishes {
  readonly across: readonly Across[];
  readonly renamings: readonly { readonly from: string; readonly to: string }[];
  readonly failOn: FailOn;
}

/** Throws one `UserError` with all that is wrong. */
export function readCompareFlags({ across = [], map = [], failOn = 'regressed' }: CompareWords): CompareWishes {
  const read = new FlagReader();
  const wishes = {
    across: [...new Set(across.flatMap((word) => word.split(',')).flatMap((word) => known(read, 'across', word, ACROSS)))],
    renamings: map.flatMap((word) => renaming(read, word)),
    failOn: known(read, 'fail-on', failOn, FAIL_ON)[0] ?? 'regressed',
  };
  if (read.problems.length === 0) return wishes;
  throw new UserError('usage', read.problems.join('\n'), 'See bench compare --help.');
}

function known<Word extends string>(
  read: FlagReader,
  flag: string,
  word: string,
  words: readonly Word[],
): Word[] {
  const found = words.find((one) => one === word);
  if (found !== undefined) return [found];
  const [near] = nearest(word, words);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  read.complain(flag, `${words.slice(0, -1).join(', ')} or ${words.at(-1)}${hint}`, word);
  return [];
}

function renaming(read: FlagReader, word: string): { from: string; to: string }[] {
  const at = word.indexOf('=');
  const [from, to] = [word.slice(0, at).trim(), word.slice(at + 1).trim()];
  if (at > 0 && from !== '' && to !== '') return [{ from, to }];
  read.complain('map', "OLD=NEW, two operations by id or as in 'GET /old=GET /new'", word);
  return [];
}
