import { describe, expect, it } from 'vitest';
import { failedAnswerRecords } from '../../../src/app/run/failed-answers.js';
import { SecretMask } from '../../../src/config/secret-mask.js';
import type { FailedAnswer } from '../../../src/model/generation/failed-answer.js';
import type { FailedAnswerRecord } from '../../../src/model/results/failed-answer.js';
import { subject } from '../../support/subjects.js';

const SECRET = 'my-secret-token';

function stored(changes: Partial<FailedAnswer>): FailedAnswerRecord {
  const answer = { contentType: 'application/json', text: '', bodyBytes: 10, isCut: false };
  const failed = { ...answer, operation: 0, status: 500, failure: '', doneUs: 1, ...changes };
  const one = subject({ id: 'get_item', method: 'GET', path: '/items' });
  return failedAnswerRecords([failed], one, new SecretMask([SECRET]))[0]!;
}

describe('a failed answer as it is stored', () => {
  it('names its operation, and what the server says in a sentence', () => {
    expect(stored({ text: '{"detail":"no connection left"}' })).toEqual({
      ...{ operation: 'get_item', status: 500, message: 'no connection left' },
      ...{ contentType: 'application/json', body: '{"detail":"no connection left"}' },
      ...{ bodyBytes: 10, isCut: false },
    });
    expect(stored({ text: '<html><title>502 Bad Gateway</title>' }).message).toBe('502 Bad Gateway');
    expect(stored({ failure: 'check-json', status: 200 })).toMatchObject({
      check: 'check-json',
      message: null,
    });
    expect(stored({ text: null })).toMatchObject({ message: null, body: null, bodyBytes: 10 });
  });

  it('is read whole, and cut then', () => {
    const text = JSON.stringify({ trace: 'x'.repeat(5000), message: 'all is lost' });
    const { message, body, isCut } = stored({ text });
    expect([message, body, isCut]).toEqual(['all is lost', text.slice(0, 2048), true]);
    expect(stored({ text: `${'x'.repeat(2047)}\u{1f600}` }).body).toBe('x'.repeat(2047));
  });

  it('holds no secret, not even a part of one where it is cut', () => {
    const text = `${'x'.repeat(2040)}${SECRET} postgresql://me:pass@db/x`;
    expect(stored({ text }).body).toBe(`${'x'.repeat(2040)}<redacte`);
    const { message } = stored({ text: `{"detail":"${SECRET} at postgresql://me:pass@db/x"}` });
    expect(message).toBe('<redacted> at postgresql://<redacted>@db/x');
  });
});
