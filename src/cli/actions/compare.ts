import { UserError } from '../../kernel/errors.js';
import { Terminal } from '../terminal.js';
import {
  readComparisonFlags,
  showComparison,
  type ComparedSides,
  type ComparisonFlags,
} from './show-comparison.js';

interface Flags extends ComparisonFlags {
  readonly base?: readonly string[];
  readonly candidate?: readonly string[];
  readonly output?: string;
}

/** `bench compare`. */
export async function doCompare(
  base: string | undefined,
  candidate: string | undefined,
  flags: Flags,
): Promise<number> {
  const wishes = readComparisonFlags(flags, 'compare');
  const sides = sidesOf(base, candidate, flags);
  return showComparison(sides, { ...wishes, folder: flags.output }, new Terminal(flags));
}

function sidesOf(base: string | undefined, candidate: string | undefined, flags: Flags): ComparedSides {
  const words = [...(base === undefined ? [] : [base]), ...(candidate === undefined ? [] : [candidate])];
  const [ofBase, ofCandidate] = [flags.base, flags.candidate];
  if (ofBase !== undefined && ofCandidate !== undefined && words.length === 0)
    return { base: ofBase, candidate: ofCandidate };
  if (ofBase !== undefined || ofCandidate !== undefined || base === undefined || candidate === undefined)
    throw new UserError(
      'usage',
      'Two sides are needed: the runs before and the runs after.',
      'Name them as in bench compare before after, or with both --base and --candidate.',
    );
  return { base: [base], candidate: [candidate] };
}
