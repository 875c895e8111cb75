import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerCheck } from '../../src/model/requests/answer-check.js';
import type { Measurements } from '../../src/model/generation/measurements.js';
import { generateHere } from '../support/in-process-generator.js';
import { share, shortLoad } from '../support/shares.js';
import { tinyServer, type TinyServer } from '../support/tiny-server.js';

let server: TinyServer;

beforeEach(async () => {
  server = await tinyServer();
});

afterEach(() => server.close());

const NOTHING: AnswerCheck = { status: [[200, 299]], headers: {}, json: {}, bytes: null };

/** Ten requests for a path of the server that answers `ok`, in turn with one that answers 404. */
async function measure(check: AnswerCheck, client: 'wire' | 'undici'): Promise<Measurements> {
  const path = (name: string) => ({ method: 'GET', path: name, headers: [], body: null });
  const told = share(server.origin, {
    ...{ load: shortLoad(20, 100), client },
    operations: [{ blueprints: [path('/a'), path('/404')], check, weight: 1 }],
  });
  const found: Measurements[] = [];
  await generateHere(
    told,
    (event) => {
      if (event.kind === 'finished') found.push(event.measurements);
    },
    new AbortController().signal,
  );
  return found[0]!;
}

describe.each(['wire', 'undici'] as const)('answers of the client %s', (client) => {
  it.each<[string, Partial<AnswerCheck>, number, Record<string, number>]>([
    ['are well when they pass', { bytes: { min: 2, max: 2 } }, 10, {}],
    ['fail by their length', { bytes: { min: 3, max: null } }, 0, { 'check-bytes': 10 }],
    ['fail by a header', { headers: { 'content-type': 'x' } }, 0, { 'check-header': 10 }],
    ['are well by a header', { headers: { 'content-length': '2' } }, 10, {}],
    ['fail by their body', { json: { '/a': 1 } }, 0, { 'check-json': 10 }],
    [
      'are well by other statuses too',
      {
        status: [
          [200, 200],
          [400, 499],
        ],
      },
      20,
      {},
    ],
    ['fail by their status alone', { status: [[404, 404]] }, 10, {}],
  ])('%s', async (_, check, succeeded, failures) => {
    const { outcomes, stamps } = await measure({ ...NOTHING, ...check }, client);

    expect(outcomes).toMatchObject({
      planned: 20,
      completed: 20,
      succeeded,
      failed: 20 - succeeded,
      failures,
    });
    expect(outcomes.statusCodes).toEqual({ '200': 10, '404': 10 });
    // They came, so they are in the latency like any other.
    expect([stamps.response.observed.count, stamps.response.censored.count]).toEqual([20, 0]);
  });
});
