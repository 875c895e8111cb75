import { reasonOf, UserError } from '../../kernel/errors.js';
import { redactText } from '../../kernel/redact-text.js';
import { oneLine } from '../../kernel/text.js';
import type { DescribedOperation } from '../document/described-operation.js';
import { linesOfFile } from './lines-of-file.js';
import { readLogLine } from './log-line.js';
import { PathMatcher } from './path-matcher.js';

/** What an access log says of how often each operation is asked. */
export interface LogWeights {
  /** Those that were asked, of all of the document. */
  readonly hits: ReadonlyMap<DescribedOperation, number>;
  /** Lines that are not empty. */
  readonly lines: number;
  /** Of these, lines that hold no request that could be read. */
  readonly unreadable: number;
  /** `METHOD /path` of requests that are none of the document's operations, the most frequent first; of a thousand at most. */
  readonly unmapped: readonly (readonly [request: string, count: number])[];
}

const MOST_UNMAPPED = 1000;

/**
 * Counts the requests of an access log in the common or the combined format by the operation that they asked. Throws a
 * `UserError` where the file cannot be read, or none of its lines is of such a format.
 */
export async function logWeights(file: string, all: readonly DescribedOperation[]): Promise<LogWeights> {
  const matcher = new PathMatcher(all);
  const hits = new Map<DescribedOperation, number>();
  const unmapped = new Map<string, number>();
  let [lines, unreadable, ofFormat, firstLine] = [0, 0, 0, ''];
  try {
    for await (const line of linesOfFile(file)) {
      if (line === '') continue;
      lines += 1;
      if (lines === 1) firstLine = line;
      const request = readLogLine(line);
      if (request !== undefined) ofFormat += 1;
      if (!request) {
        unreadable += 1;
        continue;
      }
      const operation = matcher.operationFor(request);
      if (operation) count(hits, operation);
      else countSome(unmapped, `${request.method} ${request.path}`);
    }
  } catch (error) {
    throw new UserError('usage', `--weights-from: ${file} could not be read: ${reasonOf(error)}.`);
  }
  if (ofFormat === 0) throw unknownFormat(file, firstLine);
  return { hits, lines, unreadable, unmapped: [...unmapped].sort(([, a], [, b]) => b - a) };
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countSome(counts: Map<string, number>, key: string): void {
  if (counts.has(key) || counts.size < MOST_UNMAPPED) count(counts, key);
}

const MOST_SHOWN = 120;

function unknownFormat(file: string, firstLine: string): UserError {
  const begins = oneLine(redactText(firstLine.slice(0, MOST_SHOWN)));
  const what = firstLine === '' ? 'it is empty' : `no line of it is; the first one is “${begins}”`;
  return new UserError(
    'usage',
    `--weights-from: ${file} is no access log in the common or combined format: ${what}.`,
    'A line of it looks so: 127.0.0.1 - - [10/Oct/2026:13:55:36 +0000] "GET /items/7 HTTP/1.1" 200 326. A compressed log must be unpacked first; for one in another format give the weights with --weights NAME=9.',
  );
}
