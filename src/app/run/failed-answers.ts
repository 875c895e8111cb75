import { reasonOfAnswer } from '../../analyze/preflight/reason-of-answer.js';
import type { SecretMask } from '../../config/secret-mask.js';
import { withoutLogins } from '../../kernel/redact-text.js';
import type { FailedAnswer } from '../../model/generation/failed-answer.js';
import type { FailedAnswerRecord } from '../../model/results/failed-answer.js';
import type { Subject } from '../../model/results/subject.js';

const MOST_CHARACTERS = 2048;
const HALF_CHARACTER_AT_END = /[\ud800-\udbff]$/;

/** Examples of failed answers as they are stored: without secrets, and with what the server says in a sentence. */
export function failedAnswerRecords(
  answers: readonly FailedAnswer[],
  { operations }: Pick<Subject, 'operations'>,
  mask: SecretMask,
): FailedAnswerRecord[] {
  return answers.map(({ operation, status, failure, contentType, text, bodyBytes, isCut }) => {
    // Before anything is cut, so that no secret is left in part.
    const masked = text === null ? null : mask.text(withoutLogins(text));
    return {
      operation: operations[operation]?.id ?? '',
      status,
      ...(failure === '' ? {} : { check: failure }),
      message: masked === null ? null : reasonOfAnswer(masked).reason,
      contentType: contentType === null ? null : mask.text(contentType),
      body: masked?.slice(0, MOST_CHARACTERS).replace(HALF_CHARACTER_AT_END, '') ?? null,
      bodyBytes,
      isCut: isCut || (masked?.length ?? 0) > MOST_CHARACTERS,
    };
  });
}
