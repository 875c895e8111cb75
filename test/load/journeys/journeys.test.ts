import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SharedJourneys } from '../../../src/model/generation/journeys.js';
import type { GeneratorShare } from '../../../src/model/generation/generator.js';
import type { Load } from '../../../src/model/loads/index.js';
import { findGaps, gapMark } from '../../../src/model/requests/gaps.js';
import type { RequestBlueprint } from '../../../src/model/requests/request.js';
import { CALM, DriverStage, type World } from '../../support/drivers.js';
import { keptAnswer } from '../../support/kept-answers.js';
import { share } from '../../support/shares.js';

type Step = SharedJourneys['onStart'][number];

const ID = gapMark(0);
const KEYS = ['path.id', 'header.authorization'];
const request = (parts: Partial<RequestBlueprint>): RequestBlueprint => ({
  ...{ method: 'GET', path: '/', headers: [], body: null },
  ...parts,
});
const step = (operation: number, parts: Partial<RequestBlueprint>, more: Partial<Step> = {}): Step => ({
  ...{ operation, captures: [], think: null },
  requests: [{ blueprint: request(parts), gaps: findGaps(request(parts), KEYS) }],
  ...more,
});
const own = { headers: ['authorization', gapMark(1)] };
const SIGN_IN = step(
  0,
  { path: '/in' },
  { captures: [{ key: 'header.authorization', from: '/token', around: ['Bearer ', ''] }] },
);
const MAKE = step(
  1,
  { ...own, method: 'POST', path: '/items', body: '{"n":1}' },
  { captures: [{ key: 'path.id', from: '/id', around: null }] },
);
const READ = step(2, { ...own, path: `/items/${ID}` });
const CHANGE = step(3, { ...own, method: 'PUT', path: `/items/${ID}`, body: 'x' });

const JOURNEYS: SharedJourneys = {
  onStart: [SIGN_IN],
  journeys: [
    { weight: 3, steps: [MAKE, READ, CHANGE] },
    { weight: 1, steps: [MAKE, CHANGE] },
  ],
};

/** A server that knows who has made what, behind a fake transport. */
class Notes {
  private sessions = 0;
  private readonly owners = new Map<string, string>();
  mixed = 0;
  /** Of those that make something, whether their answers hold the id. */
  holdsIds = true;

  answer({ method, path, headers }: RequestBlueprint, cookie: string): ReturnType<typeof keptAnswer> {
    if (path === '/in') {
      this.sessions += 1;
      return keptAnswer({ token: `t${this.sessions}` }, { 'set-cookie': `sid=t${this.sessions}; Path=/` });
    }
    const token = headers[headers.indexOf('authorization') + 1] ?? '';
    if (token !== `Bearer ${cookie.replace('sid=', '')}`) this.mixed += 1;
    if (method === 'POST') {
      const id = `a/ü ${this.owners.size}`;
      this.owners.set(encodeURIComponent(id), token);
      return this.holdsIds ? keptAnswer({ id }) : keptAnswer({ ID: id });
    }
    if (this.owners.get(path.slice('/items/'.length)) !== token) this.mixed += 1;
    return keptAnswer({});
  }
}

const users = (count: number): Load => ({
  ...{ kind: 'users', users: count, spawnRatePerSecond: 1000, durationMs: 1000, think: null },
});

function play(
  load: Load,
  journeys: SharedJourneys,
  world: Partial<World> = {},
  parts: Partial<GeneratorShare> = {},
) {
  const stage = new DriverStage({ ...CALM, ...world });
  const notes = new Notes();
  const { transport } = stage;
  const underWay: (RequestBlueprint | undefined)[] = [];
  const send = transport.send.bind(transport);
  transport.send = (slot, sent, serial) => {
    underWay[slot] = sent;
    send(slot, sent, serial);
  };
  transport.kept = (slot) => {
    const sent = underWay[slot]!;
    const at = sent.headers.indexOf('cookie');
    return notes.answer(sent, at < 0 ? '' : (sent.headers[at + 1] ?? ''));
  };
  const operation = { blueprints: [request({})], weight: 1 };
  const run = stage.start(
    'closed-loop',
    share('http://x', {
      ...{ load, journeys, timeoutMs: 700 },
      operations: [operation, operation, operation, operation],
      ...parts,
    }),
  );
  return {
    ...run,
    notes,
    stage,
    requests: transport.requests,
    slots: transport.slotsUsed,
    finish: () => stage.clock.advanceMs(60_000),
  };
}

/** Of each user the operations that it has asked, in their order. */
function operationsByUser({
  slots,
  samples,
}: Pick<ReturnType<typeof play>, 'slots' | 'samples'>): number[][] {
  const bySent = samples.toSorted((a, b) => a.sentUs - b.sentUs);
  const list: number[][] = [];
  for (const [at, slot] of slots.entries()) (list[slot] ??= []).push(bySent[at]!.operation);
  return list;
}

describe('users in journeys', () => {
  it('never send what another user was given, whatever becomes of requests', () => {
    // A fake target that answers at once would be asked for ever at one instant.
    const answeredUs = fc.integer({ min: 3000, max: 40_000 });
    const fates = fc.array(
      fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({ kind: fc.constant('answer' as const), afterUs: answeredUs }),
        },
        fc.record({
          kind: fc.constant('answer' as const),
          afterUs: answeredUs,
          status: fc.constant(500),
        }),
        fc.record({ kind: fc.constantFrom('failure' as const, 'refusal' as const), afterUs: fc.nat(9000) }),
        fc.constant({ kind: 'silence' as const }),
      ),
      { minLength: 1, maxLength: 15 },
    );
    fc.assert(
      fc.property(fates, fc.integer({ min: 1, max: 12 }), (list, count) => {
        const played = play(users(count), JOURNEYS, { fates: list });
        played.finish();
        expect(played.notes.mixed).toBe(0);
        expect(played.samples.length).toBeGreaterThan(0);
        expect(played.samples.length).toBe(played.requests.length);
      }),
      // Making a failing case smaller would take minutes.
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('sign in once each, then take journeys by weight, step by step', () => {
    const played = play(users(3), JOURNEYS, { fates: [{ kind: 'answer', afterUs: 1000 }] });
    played.finish();
    const long = '123';
    for (const asked of operationsByUser(played)) {
      expect(asked.join('')).toMatch(/^0(123|13)*(12?)?$/);
      const all = asked.join('').match(/123|13/g)!;
      expect(all.filter((one) => one === long).length / all.length).toBeCloseTo(0.75, 1);
    }
  });

  it('take the same journeys whichever generator has them', () => {
    const asked = (parts: Partial<GeneratorShare>, count: number) => {
      const played = play(users(count), JOURNEYS, { fates: [{ kind: 'answer', afterUs: 1000 }] }, parts);
      played.finish();
      return operationsByUser(played).map((one) => one.slice(0, 100).join(''));
    };
    const together = asked({}, 4);
    const apart = [0, 1].map((index) => asked({ part: { index, of: 2 } }, 4));
    expect(new Set(together).size).toBe(4);
    expect([apart[0]![0], apart[1]![0], apart[0]![1], apart[1]![1]]).toEqual(together);
  });

  it('start over after a step that fails, and go on', () => {
    // Of each user the third request fails.
    const fates: World['fates'] = [200, 200, 500].map((status) => ({
      kind: 'answer',
      afterUs: 1000,
      status,
    }));
    const played = play(users(1), { ...JOURNEYS, journeys: [JOURNEYS.journeys[0]!] }, { fates });
    played.finish();
    // What it signed in with is kept.
    expect(operationsByUser(played)[0]!.slice(0, 9)).toEqual([0, 1, 2, 1, 2, 3, 1, 2, 3]);
    expect(played.notes.mixed).toBe(0);
  });

  it('sign in anew where that fails', () => {
    const fates: World['fates'] = [500, 500, 200, 200].map((status) => ({
      kind: 'answer',
      afterUs: 1000,
      status,
    }));
    const played = play(users(1), JOURNEYS, { fates });
    played.finish();
    expect(operationsByUser(played)[0]!.slice(0, 4)).toEqual([0, 0, 0, 1]);
  });

  it('count an answer without the value as a failed check, and send nothing made of it', () => {
    const played = play(users(2), JOURNEYS);
    played.notes.holdsIds = false;
    played.finish();
    const made = played.samples.filter(({ operation }) => operation === 1);
    expect(made.length).toBeGreaterThan(100);
    expect(new Set(made.map(({ outcome, failure }) => `${outcome} ${failure}`))).toEqual(
      new Set(['failed-check capture-missing']),
    );
    expect(played.requests.some(({ path }) => path.startsWith('/items/'))).toBe(false);
  });

  it('think as the step says, the first request aside', () => {
    const think = { kind: 'constant', ms: 100 } as const;
    const steps = [{ ...MAKE, think }, READ, { ...CHANGE, think: { kind: 'constant', ms: 20 } as const }];
    const played = play(users(1), { onStart: [SIGN_IN], journeys: [{ weight: 1, steps }] });
    played.finish();
    expect(played.samples.slice(0, 5).map(({ dueUs }) => Math.round(dueUs / 1000))).toEqual([
      ...[0, 1, 102, 103, 124],
    ]);
  });

  it('have an operation for what was planned and never sent', () => {
    // The generator comes back after all is over.
    const think = { kind: 'constant', ms: 500 } as const;
    const onStart = [{ ...SIGN_IN, think }];
    const played = play(users(2), { ...JOURNEYS, onStart }, { latenessUs: [0, 0, 9_000_000] });
    played.finish();
    expect(played.samples.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ...[
        [0, 'succeeded'],
        [0, 'succeeded'],
      ],
      ...[
        [1, 'unfinished'],
        [1, 'unfinished'],
      ],
    ]);
  });
});
