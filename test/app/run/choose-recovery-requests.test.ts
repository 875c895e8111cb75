import { describe, expect, it } from 'vitest';
import { chooseRecoveryRequests } from '../../../src/app/run/choose-recovery-requests.js';
import type { PreflightResult } from '../../../src/model/results/preflight.js';
import type { BuiltOperation } from '../../../src/model/requests/request.js';
import { mixtureCell } from '../../support/mixtures.js';
import { cell, latency, type CellChanges } from '../../support/cells.js';

function built(method: string, path: string, uniqueRows?: number): BuiltOperation {
  const request = { method, path: `${path}?key=secret`, headers: [], body: null };
  const operation = { id: `${method} ${path}`, method, path, tags: [] };
  return { operation, blueprints: [request], origins: {}, problems: [], uniqueRows };
}

function asked(method: string, path: string, answeredMs: number, state: PreflightResult['state'] = 'ok') {
  const operation = { id: '', method, path };
  return { operation, state, status: 200, reason: null, fields: [], answeredMs, remedy: null };
}

/** A cell of which ten requests were given up. */
function abandoned(method: string, path: string, changes: CellChanges = {}) {
  return cell({ operation: { id: '', method, path }, counts: { completed: 9990, timedOut: 10 }, ...changes });
}

const operations = [
  built('POST', '/api/items'),
  built('GET', '/api/items'),
  built('GET', '/api/users'),
  built('HEAD', '/other'),
];
const preflight = [asked('GET', '/api/items', 3), asked('GET', '/api/users', 2), asked('HEAD', '/other', 1)];
const known = { operations, preflight, cells: [] };
const name = (one: ReturnType<typeof chooseRecoveryRequests>['safe']): string | undefined =>
  one && `${one.operation.method} ${one.operation.path}`;

describe('chooseRecoveryRequests', () => {
  it('asks nothing after a cell whose requests were all answered', () => {
    expect(chooseRecoveryRequests(cell(), known)).toEqual({});
  });

  it('asks nothing after one whose requests the target itself has ended', () => {
    expect(chooseRecoveryRequests(cell({ counts: { completed: 9990, failed: 10 } }), known)).toEqual({});
  });

  it("takes the cell's own request where it is safe, with the shortest time of the cell", () => {
    const of = abandoned('GET', '/api/users', { latencyMs: { service: latency({ min: 0.7 }) } });
    const { safe } = chooseRecoveryRequests(of, known);
    expect([name(safe), safe?.baselineMs]).toEqual(['GET /api/users', 0.7]);
    expect(safe?.request).toBe(operations[2]!.blueprints[0]);
  });

  it('takes the nearest safe operation that works in place of one that changes something', () => {
    const { safe, unsafe } = chooseRecoveryRequests(abandoned('POST', '/api/items'), known);
    expect([name(safe), safe?.baselineMs, unsafe]).toEqual(['GET /api/items', 3, undefined]);
    const broken = [asked('GET', '/api/items', 3, 'server-error'), ...preflight.slice(1)];
    expect(
      name(chooseRecoveryRequests(abandoned('POST', '/api/items'), { ...known, preflight: broken }).safe),
    ).toBe('GET /api/users');
  });

  it('learns from finished cells what works, and how fast', () => {
    const cells = [
      cell({
        operation: { id: '', method: 'GET', path: '/api/items' },
        latencyMs: { service: latency({ min: 0.4 }) },
      }),
    ];
    const { safe } = chooseRecoveryRequests(abandoned('POST', '/api/items'), {
      operations,
      preflight: [],
      cells,
    });
    expect([name(safe), safe?.baselineMs]).toEqual(['GET /api/items', 0.4]);
  });

  it('keeps the request that changes something for when nothing else tells', () => {
    const { safe, unsafe } = chooseRecoveryRequests(abandoned('POST', '/api/items'), {
      ...known,
      preflight: [],
    });
    expect([safe, name(unsafe)]).toEqual([undefined, 'POST /api/items']);
  });

  it('never sends again a row that is to be sent once', () => {
    const unique = [built('GET', '/rows', 5), built('POST', '/rows', 5)];
    const of = { operations: unique, preflight: [asked('GET', '/rows', 1)], cells: [] };
    expect(chooseRecoveryRequests(abandoned('GET', '/rows'), of)).toEqual({});
    expect(chooseRecoveryRequests(abandoned('POST', '/rows'), of)).toEqual({});
  });

  it('asks after a mixture what timed out most of its operations, or what is safe beside that', () => {
    const { record } = mixtureCell();
    const slow = [built('GET', '/items/{id}'), built('GET', '/items'), built('POST', '/items')];
    const seen = [asked('GET', '/items/{id}', 3), asked('GET', '/items', 2)];
    // POST /items timed out.
    const one = chooseRecoveryRequests(record, { operations: slow, preflight: seen, cells: [] });
    expect(name(one.safe)).toBe('GET /items');
    const others = { ...record, byOperation: record.byOperation!.toReversed() };
    const [first, second, third] = record.subject.operations;
    others.subject = { ...record.subject, operations: [third!, first!, second!] };
    const two = chooseRecoveryRequests(others, { operations: slow, preflight: [], cells: [] });
    expect([name(two.safe), two.safe?.baselineMs]).toEqual(['GET /items/{id}', 4]);
  });

  it('knows from mixtures how fast an operation is', () => {
    const { record } = mixtureCell();
    const two = chooseRecoveryRequests(abandoned('POST', '/items'), {
      ...{
        operations: [built('POST', '/items'), built('GET', '/items/{id}')],
        preflight: [],
        cells: [record],
      },
    });
    expect([name(two.safe), two.safe?.baselineMs]).toEqual(['GET /items/{id}', 1]);
  });
});
