import { UserError } from '../kernel/errors.js';
import { nearest } from '../kernel/text.js';
import { COMPARISON_FORMATS, type ComparisonFormat } from '../model/results/comparison.js';
import { REPORT_FORMATS, type ReportFormat } from '../model/report/report.js';
import { FlagReader } from './flag-reader.js';

/** The formats of `--format`, in the order in which they came; commas part them too. */
export function readFormats(read: FlagReader, words: readonly string[] | undefined): ReportFormat[] {
  return readKnown(read, words, REPORT_FORMATS);
}

/** As `readFormats`, for a command without other flags to check: throws one error with all problems. */
export function formatsOf(words: readonly string[] | undefined, command: string): ReportFormat[] {
  return allKnown(words, command, REPORT_FORMATS);
}

/** As `formatsOf`, of what makes comparisons: `compare` and `ab`. */
export function comparisonFormatsOf(
  words: readonly string[] | undefined,
  command: string,
): ComparisonFormat[] {
  return allKnown(words, command, COMPARISON_FORMATS);
}

function allKnown<Format extends string>(
  words: readonly string[] | undefined,
  command: string,
  known: readonly Format[],
): Format[] {
  const read = new FlagReader();
  const formats = readKnown(read, words, known);
  if (read.problems.length === 0) return formats;
  throw new UserError('usage', read.problems.join('\n'), `See bench ${command} --help.`);
}

/** The words of `--format` that are known, for a command with other flags to check. */
export function readKnown<Format extends string>(
  read: FlagReader,
  words: readonly string[] | undefined,
  known: readonly Format[],
): Format[] {
  const formats = (words ?? [])
    .flatMap((word) => word.split(','))
    .flatMap((word) => {
      const format = known.find((one) => one === word);
      if (format === undefined) complain(read, word, known);
      return format ?? [];
    });
  return [...new Set(formats)];
}

function complain(read: FlagReader, word: string, known: readonly string[]): void {
  const [near] = nearest(word, known);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  const expected = known.length > 1 ? `${known.slice(0, -1).join(', ')} or ${known.at(-1)}` : known.join('');
  read.complain('format', `${expected}${hint}`, word);
}
