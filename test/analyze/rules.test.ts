import { describe, expect, test } from 'vitest';
import { cellRules } from '../../src/analyze/rules/index.js';
import type { CellQuotas } from '../../src/model/results/cpu-quota.js';
import { FAILURE_KINDS } from '../../src/load/transport/classify-failure.js';
import type { Load } from '../../src/model/loads/index.js';
import {
  caseOf,
  cell,
  failedAnswer,
  judgedRun,
  latency,
  seriesOf,
  type CellChanges,
} from '../support/cells.js';

interface RuleCase {
  /** Just on the wrong side of the rule's limit. */
  readonly triggers: CellChanges;
  /** Just on the right side. */
  readonly passes: CellChanges;
  readonly state: 'SUSPECT' | 'INVALID';
  readonly says: string;
}

const sound = cell();
const lag = (p99: number, p50 = 0.71): CellChanges => ({
  latencyMs: { response: latency({ p50 }), sendLag: latency({ p99 }) },
});
const planned = (count: number): CellChanges => ({
  counts: { planned: count },
  generator: { released: count },
});

/** Of half a core each, used up in some of the 100 periods of the window. */
/** In a window of 10 s. */
const looksOf = (cpuMs: number) => ({ processes: { looks: 21, meanMs: 50, maxMs: 60, cpuMs } });

const quotas = (throttledPeriods: { generator?: number; target?: number }): CellQuotas => {
  const use = (periods: number | undefined) =>
    periods === undefined
      ? null
      : { cores: 0.5, periodMs: 100, throttledPeriods: periods, throttledMs: 60 * periods };
  return {
    generator: use(throttledPeriods.generator),
    target: use(throttledPeriods.target),
    isShared: false,
  };
};

const cases: Readonly<Record<string, RuleCase>> = {
  'requests-not-released': {
    triggers: { generator: { released: 9989 } },
    passes: { generator: { released: 9990 } },
    state: 'INVALID',
    says: 'only 99.9 % of the planned requests',
  },
  'generator-lagged': {
    triggers: lag(2.01),
    passes: lag(2),
    state: 'INVALID',
    says: 'send lag p99 2.01 ms, limit 2.00 ms',
  },
  'lag-in-tail': {
    triggers: { generator: { lagHeavyTailShare: 0.51 } },
    passes: { generator: { lagHeavyTailShare: 0.5 } },
    state: 'INVALID',
    says: 'in 51 % of the slowest 1 % of the answers',
  },
  'generator-out-of-resources': {
    triggers: { failures: { 'too-many-open-files': 1, 'no-free-local-port': 2 } },
    passes: { failures: { 'connection-refused': 5, 'too-many-open-files': 0 } },
    state: 'INVALID',
    says: 'ran out of open files and local ports',
  },
  'generator-died': {
    triggers: { generator: { deaths: ['its process ended with SIGKILL', 'another'] } },
    passes: { generator: { deaths: [] } },
    state: 'INVALID',
    says: '2 generator threads died in the window, and the requests are counted as unfinished: its process',
  },
  'generator-saturated': {
    triggers: { generator: { busyShare: 0.96, connectionLimitReached: true } },
    passes: { generator: { busyShare: 0.95, connectionLimitReached: true } },
    state: 'INVALID',
    says: 'a thread 96 % busy',
  },
  'generator-busy': {
    triggers: { generator: { busyShare: 0.81 } },
    passes: { generator: { busyShare: 0.8 } },
    state: 'SUSPECT',
    says: '81 % busy',
  },
  'requests-failed': {
    triggers: {
      counts: { failed: 1000 },
      statusCodes: { 200: 9000, 401: 990 },
      failures: { 'connection-reset': 10 },
    },
    passes: { counts: { failed: 999 }, statusCodes: { 200: 9001, 401: 999 } },
    state: 'SUSPECT',
    says: '10 % of the requests failed: status 401 × 990, connection-reset × 10',
  },
  'requests-timed-out': {
    triggers: { counts: { timedOut: 1000 } },
    passes: { counts: { timedOut: 999 } },
    state: 'SUSPECT',
    says: '10 % of the requests were not answered within 10s of when they were due',
  },
  'requests-dropped': {
    triggers: { counts: { dropped: 1 } },
    passes: { counts: { dropped: 0 } },
    state: 'SUSPECT',
    says: '1 of 10000 requests were dropped because the queue was full',
  },
  'connection-limit-reached': {
    triggers: { generator: { connectionLimitReached: true, longestQueue: 42 } },
    passes: { generator: { connectionLimitReached: false, longestQueue: 42 } },
    state: 'SUSPECT',
    says: 'up to 42 requests waited',
  },
  'generator-throttled': {
    triggers: { cpuQuota: quotas({ generator: 1 }) },
    passes: { cpuQuota: quotas({ generator: 0, target: 100 }) },
    state: 'SUSPECT',
    says: 'bench, which has a CPU quota (cgroup) of 0.5 cores, used it up and stood still in 1 % of its periods (100 ms each)',
  },
  'target-throttled': {
    triggers: { cpuQuota: quotas({ target: 83 }) },
    passes: { cpuQuota: { ...quotas({ generator: 83, target: 83 }), isShared: true } },
    state: 'SUSPECT',
    says: 'the target used up its CPU quota (cgroup) of 0.5 cores and was stopped in 83 % of its periods (100 ms each)',
  },
  'probes-costly': {
    triggers: { probes: looksOf(1001) },
    passes: { probes: looksOf(1000) },
    state: 'SUSPECT',
    says: 'bench took 10 % of a core to look at the target and the host (processes: 50.0 ms a look)',
  },
  'memory-kills': {
    triggers: { memoryKills: 2, case: caseOf('small', { memoryBytes: 64 * 2 ** 20 }) },
    passes: { memoryKills: 2, targetDeath: { how: 'was killed for memory (limit 64 MiB)', lastOutput: [] } },
    state: 'SUSPECT',
    says: 'the system killed 2 processes of the target at its memory limit of 64 MiB',
  },
  'host-saturated': {
    triggers: { generator: { hostCpuPercent: 96 } },
    passes: { generator: { hostCpuPercent: 95, stealPercent: 5 } },
    state: 'SUSPECT',
    says: '96 % busy',
  },
  'not-stationary': {
    triggers: { series: seriesOf([10, 10, 10, 16, 16, 16]) },
    passes: { series: seriesOf([10, 10, 10, 15, 15, 15]) },
    state: 'SUSPECT',
    says: 'from 10.0 ms in the first half to 16.0 ms in the second',
  },
  'connections-not-reused': {
    triggers: { generator: { connectionEndsInWindow: { byTarget: 1001, byBench: 0, afterTimeout: 0 } } },
    passes: { generator: { connectionEndsInWindow: { byTarget: 1000, byBench: 5000, afterTimeout: 5000 } } },
    state: 'SUSPECT',
    says: 'the target closed 1001 connections for 10000 requests',
  },
  'window-too-short': {
    triggers: { keepsUp: null, backlog: null, latencyMs: { response: latency({ p50: 6000 }) } },
    passes: { keepsUp: true, latencyMs: { response: latency({ p50: 5000 }) } },
    state: 'SUSPECT',
    says: 'the window of 10s is shorter than twice the median response time (6000 ms)',
  },
  'target-died': {
    triggers: { targetDeath: { how: 'exited with code 1', lastOutput: ['one', 'two'] } },
    passes: {},
    state: 'SUSPECT',
    says: 'the target exited with code 1; its last output: one ⏎ two',
  },
  'service-died': {
    triggers: { serviceDeaths: [{ service: 'redis', how: 'was killed by SIGKILL', atMs: 1234 }] },
    passes: {},
    state: 'SUSPECT',
    says: 'Redis was killed by SIGKILL 1.2 s into the window, and was started again',
  },
  'few-samples': {
    triggers: planned(367),
    passes: planned(368),
    state: 'SUSPECT',
    says: '367 requests are too few for a p99 (368 are needed)',
  },
};

test('every rule has its case here, and its own id', () => {
  expect(cellRules.map(({ id }) => id).sort()).toEqual(Object.keys(cases).sort());
});

describe.each(cellRules.map((rule) => ({ rule, ...(cases[rule.id] as RuleCase) })))(
  'the rule $rule.id',
  ({ rule, triggers, passes, state, says }) => {
    test('speaks of a cell beyond its limit', () => {
      expect(rule.explain(cell(triggers), judgedRun)?.message).toContain(says);
    });

    test('is silent about a cell at its limit, and about a sound one', () => {
      expect(rule.explain(cell(passes), judgedRun)).toBeUndefined();
      expect(rule.explain(sound, judgedRun)).toBeUndefined();
    });

    test('says how bad it is, as a number that the results can hold', () => {
      const { severity } = rule.explain(cell(triggers), judgedRun) ?? {};
      // One death is as bad as another.
      if (['target-died', 'service-died'].includes(rule.id)) expect(severity).toBeUndefined();
      else expect(Number.isFinite(severity)).toBe(true);
    });

    test(`finds ${state}`, () => {
      expect(rule.state).toBe(state);
    });
  },
);

const explain = (id: string, changes: CellChanges): string | undefined =>
  cellRules.find((rule) => rule.id === id)!.explain(cell(changes), judgedRun)?.message;

test.each<[id: string, mild: CellChanges, severe: CellChanges]>([
  ['generator-lagged', lag(10, 100), lag(9, 0.7)],
  ['few-samples', planned(300), planned(3)],
  ['not-stationary', { series: seriesOf([10, 10, 20, 20]) }, { series: seriesOf([0, 0, 9, 9]) }],
  ['requests-not-released', { generator: { released: 9000 } }, { generator: { released: 10 } }],
  [
    'host-saturated',
    { generator: { hostCpuPercent: 100 } },
    { generator: { hostCpuPercent: 50, stealPercent: 6 } },
  ],
])('%s is the more severe the further the cell is beyond its limit', (id, mild, severe) => {
  const severityOf = (changes: CellChanges): number =>
    cellRules.find((rule) => rule.id === id)!.explain(cell(changes), judgedRun)?.severity ?? NaN;
  expect(severityOf(severe)).toBeGreaterThan(severityOf(mild));
});

test("INVALID is for the generator's own faults alone", () => {
  const invalid = cellRules.filter(({ state }) => state === 'INVALID').map(({ id }) => id);
  expect(invalid.sort()).toEqual(
    [
      'generator-died',
      'generator-lagged',
      'generator-out-of-resources',
      'generator-saturated',
      'lag-in-tail',
      'requests-not-released',
    ].sort(),
  );
});

test('a lag is measured against a slow target: 5 % of its median', () => {
  expect(explain('generator-lagged', lag(4.9, 100))).toBeUndefined();
  expect(explain('generator-lagged', lag(5.1, 100))).toContain('limit 5.00 ms');
});

test.each<[string, CellChanges['generator'], boolean]>([
  ['a crowded machine', { hostCpuPercent: 90 }, true],
  ['a crowded machine on which the generator was first', { hostCpuPercent: 90, realTime: true }, false],
  ['a machine with time to spare', { hostCpuPercent: 20 }, false],
  ['a machine of which nothing is known', { hostCpuPercent: null }, false],
])('on %s a late generator is offered real time, or not', (_, generator, isOffered) => {
  for (const id of ['generator-lagged', 'lag-in-tail']) {
    const late = { ...lag(10), counts: { completed: 10_000 } };
    const changes = { ...late, generator: { lagHeavyTailShare: 0.9, ...generator } };
    const remedy = cellRules.find((rule) => rule.id === id)!.explain(cell(changes), judgedRun)?.remedy;
    expect(remedy).toContain('free a core for the generator');
    expect(remedy?.includes('--realtime') ?? false).toBe(isOffered);
  }
});

test('a lag of which nothing is known says nothing', () => {
  const unknown = latency({ p99: null });
  expect(explain('generator-lagged', { latencyMs: { sendLag: unknown } })).toBeUndefined();
});

test('the tail of few answers says nothing of lag', () => {
  const changes = { generator: { lagHeavyTailShare: 0.5 }, counts: { completed: 9999 } };
  expect(explain('lag-in-tail', changes)).toBeUndefined();
});

test('a quota that bench and the target share is told once, of both', () => {
  const cpuQuota = { ...quotas({ generator: 30, target: 30 }), isShared: true };
  expect(explain('generator-throttled', { cpuQuota })).toContain(
    'bench and the target, which share a CPU quota',
  );
  expect(explain('target-throttled', { cpuQuota })).toBeUndefined();
});

test('what a resource case takes away was asked for, but not what another quota does', () => {
  const cpuQuota = quotas({ target: 83 });
  const inCase = (cpuCores: number) => ({ cpuQuota, case: caseOf('small', { cpuCores }) });
  expect(explain('target-throttled', inCase(0.5))).toBeUndefined();
  expect(explain('target-throttled', inCase(2))).toContain('0.5 cores');
});

test('stolen CPU time is named before a busy machine', () => {
  const changes = { generator: { hostCpuPercent: 99, stealPercent: 6 } };
  expect(explain('host-saturated', changes)).toContain('other machines took 6 %');
});

test('a machine that does not tell how busy it is was not saturated', () => {
  expect(
    explain('host-saturated', { generator: { hostCpuPercent: null, stealPercent: null } }),
  ).toBeUndefined();
});

describe('a median that changes', () => {
  test('upwards, with a target that does not keep up, is overload', () => {
    const message = explain('not-stationary', { series: seriesOf([100, 200, 900, 1000]), achievedRps: 263 });
    expect(message).toMatch(/^overloaded: .* with 263 of 1000 requests\/s done/);
  });

  test('upwards, with a target that keeps up or of which that is not known, is none', () => {
    const series = seriesOf([100, 200, 900, 1000]);
    for (const keepsUp of [true, null])
      expect(explain('not-stationary', { series, keepsUp, achievedRps: 263 })).toMatch(/^not stationary/);
  });

  test('downwards is no overload, whatever is achieved', () => {
    const message = explain('not-stationary', { series: seriesOf([1000, 900, 200, 100]), achievedRps: 263 });
    expect(message).toMatch(/^not stationary: /);
  });

  test('with random arrivals is judged against what they planned', () => {
    const load = { arrivals: 'poisson' as const, seed: 1 };
    const counts = { planned: 9900 };
    const rising = seriesOf([100, 200, 900, 1000]);
    const message = explain('not-stationary', { load, counts, series: rising, achievedRps: 263 });
    expect(message).toContain('with 263 of 990 requests/s done');
    expect(explain('not-stationary', { load, counts, series: rising, achievedRps: 990 })).toMatch(
      /^not stationary: /,
    );
  });

  test('is what stages are for', () => {
    const stages = [{ fromRatePerSecond: 0, toRatePerSecond: 2000, durationMs: 10_000 }];
    const changes = { ...cell(), series: seriesOf([100, 200, 900, 1000]), achievedRps: 263 };
    expect(explain('not-stationary', { ...changes, load: cell().load })).toBeDefined();
    const staged = { ...changes, load: { kind: 'stages' as const, stages } };
    expect(cellRules.find(({ id }) => id === 'not-stationary')!.explain(staged, judgedRun)).toBeUndefined();
  });

  test('by less than 2 ms is noise', () => {
    expect(explain('not-stationary', { series: seriesOf([1, 1, 2.9, 2.9]) })).toBeUndefined();
  });

  test('within fewer than four seconds is not judged, nor is the drain after the window', () => {
    expect(explain('not-stationary', { series: seriesOf([1, 1, 100]) })).toBeUndefined();
    const drained = seriesOf([...Array<number>(10).fill(1), ...Array<number>(10).fill(100)]);
    expect(explain('not-stationary', { series: drained })).toBeUndefined();
  });

  test('without answers in one half is not judged', () => {
    expect(explain('not-stationary', { series: seriesOf([null, null, 100, 100]) })).toBeUndefined();
  });
});

describe('requests that failed', () => {
  test('by the checks of a scenario are named by them; an expected status is none of them', () => {
    const check = { headers: {}, json: { '/id': 1 }, bytes: null };
    const message = explain('requests-failed', {
      counts: { failed: 5000 },
      statusCodes: { 200: 3000, 404: 6000, 500: 1000 },
      failures: { 'check-json': 1000 },
      expect: { ...check, status: [[404, 404]] },
    });
    expect(message).toMatch(/: status 200 × 3000, status 500 × 1000, check-json × 1000$/);
  });

  test('are told with what the server said of those that were most', () => {
    const message = explain('requests-failed', {
      counts: { failed: 5000 },
      statusCodes: { 200: 5000, 500: 4000, 503: 1000 },
      failedAnswers: [failedAnswer({ status: 503, message: 'too busy' }), failedAnswer()],
    });
    expect(message).toMatch(
      /\. The server said “no connection left” \(status 500, GET \/items\/\{item_id\}\)$/,
    );
  });

  test('count together with those that timed out, and each kind that matters has its say', () => {
    const counts = { failed: 500, timedOut: 500 };
    expect(explain('requests-failed', { counts, statusCodes: { 500: 500 } })).toContain(
      '5 % of the requests failed',
    );
    expect(explain('requests-timed-out', { counts })).toContain('5 % of the requests were not answered');
    const mostlyLate = { failed: 99, timedOut: 2000 };
    expect(explain('requests-failed', { counts: mostlyLate, statusCodes: { 500: 99 } })).toBeUndefined();
  });

  test('are said to make the latency only where they are most', () => {
    const of = (failed: number) =>
      explain('requests-failed', { counts: { failed }, statusCodes: { 500: failed } });
    expect(of(5000)).not.toContain('latency');
    expect(of(5001)).toContain('The latency is that of the failures');
    expect(explain('requests-timed-out', { counts: { timedOut: 5000 } })).not.toContain('lower bound');
    expect(explain('requests-timed-out', { counts: { timedOut: 5001 } })).toContain('only a lower bound');
  });
});

describe('the advice', () => {
  const advice = (id: string, changes: CellChanges, run = judgedRun): string | undefined =>
    cellRules.find((rule) => rule.id === id)!.explain(cell(changes), run)?.remedy;
  const failing = (
    statusCodes: Record<string, number>,
    failures: Record<string, number> = {},
    run = judgedRun,
  ) => advice('requests-failed', { counts: { failed: 5000 }, statusCodes, failures }, run);

  test('is one of its own for each kind of failure', () => {
    const kinds = [
      ...[401, 403, 404, 405, 422, 429, 302, 204, 500, 503, 504].map((status) =>
        advice('requests-failed', {
          ...{ counts: { failed: 5000 }, statusCodes: { [status]: 5000 } },
          expect: { status: [[200, 200]], headers: {}, json: {}, bytes: null },
        }),
      ),
      ...FAILURE_KINDS.map((kind) => failing({}, { [kind]: 5000 })),
    ];
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(failing({ 429: 5000 })).toContain('limits the rate');
    expect(failing({}, { 'connection-refused': 5000 })).toContain('backlog');
    expect(failing({}, { epipe: 5000 })).toContain('see epipe in docs/failures.md');
  });

  test('for several kinds names each that is frequent, and says once what holds for several', () => {
    expect(failing({ 500: 3000, 429: 1500, 401: 500 })).toMatch(/^status 500: .*; status 429: [^;]*$/);
    expect(failing({ 500: 3000, 501: 2000 })).toBe(failing({ 500: 5000 }));
  });

  test('says of a closed loop what makes it lighter', () => {
    const ofEach: [string, CellChanges][] = [
      ...['generator-lagged', 'lag-in-tail', 'generator-busy', 'generator-throttled', 'host-saturated'],
      'not-stationary',
    ].map((id) => [id, (cases[id] as RuleCase).triggers]);
    const users = {
      ...{ kind: 'users', users: 10, spawnRatePerSecond: 10 },
      durationMs: 10_000,
      think: null,
    };
    const loads = [users, { kind: 'fixed-count', requests: 100, concurrency: 10 }] as const;
    for (const [id, triggers] of ofEach) {
      expect(advice(id, triggers)).toContain('lower the rate');
      const [ofUsers, ofCount] = loads.map((load) => advice(id, { ...triggers, load: load as Load }));
      expect(ofUsers).toContain('use fewer users');
      expect(ofCount).toContain('lower --concurrency');
    }
  });

  test('sends people to server.log only where bench started the target', () => {
    const running = { ...judgedRun, isTargetStarted: false };
    expect(failing({ 500: 5000 })).toContain('server.log in the results directory');
    expect(failing({ 500: 5000 }, {}, running)).toContain("the server's own log");
    expect(advice('requests-timed-out', { counts: { timedOut: 5000 } }, running)).not.toContain('server.log');
  });

  test('on time-outs tells silence from a wait for connections and from overload', () => {
    const timedOut = { timedOut: 10_000 };
    const silent = advice('requests-timed-out', { counts: { ...timedOut, completed: 0 } });
    const queued = advice('requests-timed-out', {
      counts: timedOut,
      generator: { connectionLimitReached: true },
    });
    expect(silent).toContain('nothing was answered at all');
    expect(queued).toContain('raise --max-connections');
    expect(advice('requests-timed-out', { counts: timedOut })).toContain('cannot do this rate');
  });

  test('on resources of our own names the one that ran out', () => {
    const ports = { failures: { 'no-free-local-port': 1 } };
    const id = 'generator-out-of-resources';
    expect(advice(id, ports)).toMatch(/^lower --max-connections.*ip_local_port_range/);
    const unkept = advice(id, { ...ports, generator: { keepAlive: false } });
    expect(unkept).toMatch(/^run without --no-keepalive.*ip_local_port_range/);
    expect(unkept).not.toMatch(/ulimit|max-connections/);
    expect(advice(id, { failures: { 'too-many-open-files': 1 } })).toMatch(/ulimit -n.*--max-connections$/);
  });

  test('to use fewer workers is for targets that have several', () => {
    expect(advice('generator-lagged', { ...lag(3), workers: 4 })).toContain('fewer workers');
    expect(advice('generator-lagged', lag(3))).not.toContain('workers');
  });
});
