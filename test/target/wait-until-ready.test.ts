import { expect, test } from 'vitest';
import { waitUntilReady, type Readiness } from '../../src/target/wait-until-ready.js';
import type { Candidate } from '../../src/target/locate-target.js';
import { userErrorOf } from '../support/caught.js';
import { FakeClock } from '../support/fake-clock.js';

test('what an answer said is not forgotten for the last request, which had no time left', async () => {
  const clock = new FakeClock();
  const answers = [
    (): Promise<never> => {
      clock.advanceMs(995);
      return Promise.reject(new Error('self-signed certificate'));
    },
  ];
  const late: Readiness['fetch'] = (_, options) =>
    new Promise((_resolve, reject) => {
      options?.signal?.addEventListener('abort', () => {
        clock.advanceMs(10);
        reject(options.signal?.reason as Error);
        setImmediate(() => clock.advanceMs(100));
      });
    });
  const readiness: Readiness = {
    ...{ path: '/', accepts: 'any', limitMs: 1000, headers: [], originOf: () => 'https://127.0.0.1:1' },
    fetch: (...asked) => (answers.shift() ?? late)(...asked),
  };
  const candidate = { place: { host: '127.0.0.1', port: 1 }, isSure: true } as unknown as Candidate;
  const locate = {
    candidates: () => Promise.resolve([candidate, candidate]),
    elsewhere: () => Promise.resolve([]),
    stranger: () => Promise.resolve(undefined),
    settle: (one: Candidate) => Promise.resolve(one),
  };
  const program = { death: undefined, lastOutput: () => Promise.resolve([]) };
  const { signal } = new AbortController();
  const error = await userErrorOf(() => waitUntilReady(clock, program, locate, readiness, signal));
  expect(error.message).toContain('self-signed certificate');
});
