import { UserError } from '../kernel/errors.js';
import { nearest } from '../kernel/text.js';
import { REPORT_FORMATS, type ReportFormat } from '../model/report.js';
import { FlagReader } from './flag-reader.js';

/** The formats of `--format`, in the order in which they came; commas part them too. */
export function readFormats(read: FlagReader, words: readonly string[] | undefined): ReportFormat[] {
  const formats = (words ?? [])
    .flatMap((word) => word.split(','))
    .flatMap((word) => {
      const format = REPORT_FORMATS.find((known) => known === word);
      if (format === undefined) complain(read, word);
      return format ?? [];
    });
  return [...new Set(formats)];
}

/** As `readFormats`, for a command without other flags to check: throws one error with all problems. */
export function formatsOf(words: readonly string[] | undefined, command: string): ReportFormat[] {
  const read = new FlagReader();
  const formats = readFormats(read, words);
  if (read.problems.length === 0) return formats;
  throw new UserError('usage', read.problems.join('\n'), `See bench ${command} --help.`);
}

function complain(read: FlagReader, word: string): void {
  const [near] = nearest(word, REPORT_FORMATS);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  read.complain(
    'format',
    `${REPORT_FORMATS.slice(0, -1).join(', ')} or ${REPORT_FORMATS.at(-1)}${hint}`,
    word,
  );
}
