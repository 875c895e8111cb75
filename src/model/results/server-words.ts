import { oneLine } from '../../kernel/text.js';
import type { CellRecord } from './cell-record.js';
import type { FailedAnswerRecord } from './failed-answer.js';

type AnsweredCell = Pick<
  CellRecord,
  'failedAnswers' | 'subject' | 'byOperation' | 'statusCodes' | 'failures'
>;

/** What a server said went wrong. All texts are on one line. */
export interface ServerWords {
  readonly message: string;
  /** `status 500`, `check-json`. */
  readonly kind: string;
  /** `PUT /items/{id}`. */
  readonly asked: string;
  /** Answers to the same operation that failed in the same way, this one among them: what the others said is not known. */
  readonly count: number;
  readonly answer: FailedAnswerRecord;
}

/** Each message in these cells once, that of the most frequent failure first. */
export function serverWordsIn(cells: readonly AnsweredCell[]): ServerWords[] {
  const found = new Map<string, ServerWords>();
  for (const cell of cells) {
    for (const answer of cell.failedAnswers ?? []) {
      const words = wordsOf(answer, cell);
      if (words === undefined) continue;
      const key = `${words.kind} ${words.asked} ${words.message}`;
      const same = found.get(key);
      found.set(key, same === undefined ? words : { ...same, count: same.count + words.count });
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

function wordsOf(answer: FailedAnswerRecord, cell: AnsweredCell): ServerWords | undefined {
  const { message, check, status, operation } = answer;
  if (message === null) return undefined;
  const at = cell.subject.operations.findIndex(({ id }) => id === operation);
  const asked = cell.subject.operations[at];
  const { statusCodes, failures } = cell.byOperation?.[at] ?? cell;
  return {
    message: oneLine(message),
    kind: oneLine(check ?? `status ${status}`),
    asked: oneLine(asked === undefined ? operation : `${asked.method} ${asked.path}`),
    count: (check === undefined ? statusCodes[String(status)] : failures[check]) ?? 0,
    answer,
  };
}
