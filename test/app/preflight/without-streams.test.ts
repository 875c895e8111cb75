import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/model/live/run-events.js';
import { withoutStreams } from '../../../src/app/preflight/without-streams.js';
import type { PreflightResult } from '../../../src/model/results/preflight.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';

const events = { responses: { 200: { description: '', content: { 'text/event-stream': {} } } } };
const { operations } = describeApi({
  paths: { '/a': { get: {} }, '/b': { get: events }, '/c': { get: {} } },
});
const built = operations.map((operation) => ({ operation, blueprints: [], origins: {}, problems: [] }));

function loaded(results: readonly PreflightResult[], of = built) {
  const notices: string[] = [];
  const observe = (event: RunEvent): void => {
    if (event.kind === 'notice') notices.push(event.message);
  };
  return { paths: withoutStreams(of, results, { operations }, observe).map(({ path }) => path), notices };
}

function result(path: string, isStream: boolean): PreflightResult {
  const operation = { id: path, method: 'GET', path };
  return {
    operation,
    state: 'ok',
    status: 200,
    reason: null,
    fields: [],
    remedy: null,
    ...(isStream ? { isStream } : {}),
  };
}

test('streams of events are not loaded, as the document says, or better as was seen', () => {
  expect(loaded([])).toEqual({
    paths: ['/a', '/c'],
    notices: ['Not loaded, since their answers do not end (streams of events): GET /b.'],
  });
  expect(loaded([result('/b', false), result('/c', true)]).paths).toEqual(['/a', '/b']);
  expect(loaded([result('/b', false)]).notices).toEqual([]);
});

test('a run of nothing else is refused', () => {
  expect(() => loaded([], [built[1]!])).toThrow('Not loaded, since their answers do not end');
});
