import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { answerStart } from '../../src/load/answer-start.js';
import { KeptAnswer } from '../../src/load/transport/kept-answer.js';
import type { RequestBlueprint } from '../../src/model/requests/request.js';

const PLAIN: RequestBlueprint = { method: 'GET', path: '/', headers: [], body: null };

interface Said {
  readonly status?: number;
  readonly type?: string;
  readonly encoding?: string;
  readonly request?: RequestBlueprint;
}

/** How an answer begins that was kept as an example. */
function start(body: string | Buffer, said: Said = {}): ReturnType<typeof answerStart> {
  const kept = new KeptAnswer({ headers: false, body: false });
  kept.begin();
  kept.becomeExample();
  kept.status = said.status ?? 500;
  const headers = { 'Content-Type': said.type, 'Content-Encoding': said.encoding };
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) kept.addHeader(Buffer.from(name), Buffer.from(` ${value}`));
  kept.addBody(Buffer.from(body));
  return answerStart(kept, said.request ?? PLAIN);
}

describe('the start of a failed answer', () => {
  it('is its text and its type', () => {
    expect(start('{"detail":"né"}', { type: 'application/json' })).toEqual({
      contentType: 'application/json',
      text: '{"detail":"né"}',
      bodyBytes: 16,
      isCut: false,
    });
    expect(start('')).toEqual({ contentType: null, text: '', bodyBytes: 0, isCut: false });
  });

  it('is cut, never within a character', () => {
    const { text, bodyBytes, isCut } = start(`a${'é'.repeat(10_000)}`);
    expect({ bodyBytes, isCut, text }).toEqual({
      bodyBytes: 20_001,
      isCut: true,
      text: `a${'é'.repeat(8191)}`,
    });
  });

  it('is decoded, and only its length is known where that cannot be', () => {
    const zipped = gzipSync('x'.repeat(50_000));
    const { text, isCut } = start(zipped, { encoding: 'gzip' });
    expect([text, isCut]).toEqual(['x'.repeat(16 * 1024), true]);
    expect(start('no gzip', { encoding: 'gzip' })).toMatchObject({ text: null, bodyBytes: 7 });
  });

  it('is read in the encoding that the answer names', () => {
    const latin1 = Buffer.from('n\u00e9', 'latin1');
    expect(start(latin1, { type: 'application/json; charset="ISO-8859-1"' }).text).toBe('né');
    expect(start(latin1, { type: 'text/html' }).text).toBe('né');
    expect(start(latin1, { type: 'application/json' }).text).toBeNull();
    expect(start('x', { type: 'text/html; charset=none-such' }).text).toBeNull();
  });

  it('is no text when it is bytes', () => {
    expect(start(Buffer.from([0x89, 0x50, 0, 0xff]))).toMatchObject({ text: null, bodyBytes: 4 });
    expect(start(Buffer.from([0x50, 0]), { type: 'text/plain' }).text).toBeNull();
  });

  it('holds no secret of its request', () => {
    const request = {
      ...PLAIN,
      headers: ['authorization', 'Bearer abc.def'],
      body: '{"password":"pa55word"}',
    };
    const { text } = start('no user with abc.def and pa55word', { request });
    expect(text).toBe('no user with <redacted> and <redacted>');
  });

  it('holds no secret of its own where the answer is a good one that fails a check', () => {
    const body = '{"access_token":"given-token","id":1}';
    expect(start(body, { status: 200 }).text).toBe('{"access_token":"<redacted>","id":1}');
    expect(start(body, { status: 401 }).text).toBe(body);
    // What is cut cannot be read, so nobody knows what is secret in it.
    expect(
      start(`{"access_token":"given-token","all":"${'x'.repeat(20_000)}"}`, { status: 200 }).text,
    ).toBeNull();
  });
});
