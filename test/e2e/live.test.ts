import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import type { RunRecord } from '../../src/model/results/run-record.js';
import { streamEventSchema, type StreamEvent } from '../../src/model/live/stream-event.js';
import { fixtureServer } from '../support/fixture-server.js';
import { optionalProgram, requireProgram } from '../support/optional-programs.js';
import { parseMetrics } from '../support/parse-metrics.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import {
  expectError,
  QUICK,
  serverCommand,
  type Outcome,
  type RunningBench,
  type Sandbox,
} from '../support/sandbox.js';

const TARGET = ['--command', serverCommand('healthy')];

type SecondEvent = Extract<StreamEvent, { event: 'second' }>;

/** Two cells of two seconds, told in both ways. */
function startLiveRun(sandbox: Sandbox, ...more: string[]): RunningBench {
  const load = ['--rates', '100', '--duration', '2s', '--warmup', '1100ms', '--port', 'auto'];
  const args = ['run', ...load, '--pacing', 'relaxed', ...TARGET, '--out', sandbox.out, ...more];
  return sandbox.start(args);
}

function eventsIn(stdout: string): StreamEvent[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const event: unknown = JSON.parse(line);
      expect(streamEventSchema.parse(event)).toEqual(event);
      return event as StreamEvent;
    });
}

function metricsUrl({ stderr }: RunningBench): string {
  const [, url] = /^Metrics: (http:\S+)$/m.exec(stderr) ?? [];
  if (url === undefined) throw new Error(`no metrics: ${stderr}`);
  return url;
}

/** People's text is on stderr, every line on stdout is an event, and their sums are what is stored. */
function expectEventsOf({ record }: { record: RunRecord }, { code, stdout, stderr }: Outcome): void {
  expect([0, 4]).toContain(code);
  expect(stderr).toMatch(/^first .* 100/m);
  const events = eventsIn(stdout);
  const names = events.map(({ event }) => event).filter((name, at, all) => name !== all[at - 1]);
  const ofCell = ['cell-started', 'second', 'cell'];
  expect(names).toEqual(['run-started', 'planned', ...ofCell, ...ofCell, 'run-finished']);
  expect(events.at(-1)).toMatchObject({ status: 'complete', exitCode: code });

  for (const { id, counts } of record.cells) {
    const seconds = events.filter((event) => event.event === 'second' && event.id === id) as SecondEvent[];
    const sum = (key: 'sent' | 'succeeded' | 'failed'): number =>
      seconds.reduce((total, second) => total + (second[key] ?? 0), 0);
    const { sent, succeeded, failed, timedOut, dropped, unfinished } = counts;
    const told = { sent: sum('sent'), succeeded: sum('succeeded'), failed: sum('failed') };
    expect({ id, ...told }).toEqual({
      id,
      sent,
      succeeded,
      failed: failed + timedOut + dropped + unfinished,
    });
    expect(seconds.filter(({ phase }) => phase === 'warm-up').map(({ sent }) => sent)).toEqual([null]);
  }
  const cells = events.flatMap((event) => (event.event === 'cell' ? [event.cell] : []));
  // How the target recovered is known only later.
  const withoutRecovery = record.cells.map(({ recovery: _, ...cell }) => cell);
  expect(cells).toEqual(withoutRecovery.map((cell) => ({ ...cell, histograms: undefined })));
}

test('a run is told in events and in metrics, which agree with its results', async ({ sandbox, skip }) => {
  const program = optionalProgram('prometheus');
  const bench = startLiveRun(sandbox, '--events', '--prometheus', '0');
  await bench.untilSays(/^Metrics: .*\n/m);
  const url = metricsUrl(bench);
  const prometheus = 'path' in program ? await startPrometheus(sandbox, program.path, url) : undefined;
  try {
    await bench.untilSays(/"event":"cell",[^\n]*\n[\s\S]*"phase":"window","second":0/);
    const plain = await (await fetch(url)).text();
    const open = await (await fetch(url, { headers: { accept: 'application/openmetrics-text' } })).text();
    const outcome = await bench.ended;
    const record = sandbox.record();
    const [first] = record.cells as [CellRecord];

    expectEventsOf({ record }, outcome);
    await expect(fetch(url)).rejects.toThrow();

    // What was scraped while the second cell ran.
    expect(open).toMatch(/\n# EOF\n$/);
    const valueOf = (name: string, labels: object = {}): number | undefined =>
      parseMetrics(plain).find(
        (sample) => sample.name === `openapi_bench_${name}` && holds(sample.labels, labels),
      )?.value;
    expect(valueOf('planned_cells')).toBe(2);
    expect(valueOf('sent_requests_total')).toBeGreaterThanOrEqual(first.counts.sent);
    expect(valueOf('current_target_requests_per_second', { operation: 'second' })).toBe(100);
    expect(valueOf('current_memory_bytes', { operation: 'second' })).toBeGreaterThan(1e6);
    const p99 = { cell: first.id, quantile: '0.99' };
    expect(valueOf('cell_response_seconds', p99)).toBeCloseTo(first.latencyMs.response.p99! / 1000, 9);

    const promtool = requireProgram('promtool', skip);
    expect(execFileSync(promtool, ['check', 'metrics'], { input: plain, stdio: 'pipe' }).toString()).toBe('');
    requireProgram('prometheus', skip);
    const rate = 'max by (cell) (max_over_time(openapi_bench_cell_achieved_requests_per_second[1m]))';
    expect(await prometheus!.ask(rate)).toContainEqual({
      metric: { cell: first.id },
      value: [expect.any(Number), String(first.achievedRps)],
    });
  } finally {
    await prometheus?.stop();
  }
});

function holds(labels: Readonly<Record<string, string>>, wanted: object): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

interface RunningPrometheus {
  ask(query: string): Promise<unknown[]>;
  stop(): Promise<void>;
}

/** With its data in the sandbox, scraping `metrics` five times a second. */
async function startPrometheus(
  { folder }: Sandbox,
  program: string,
  metrics: string,
): Promise<RunningPrometheus> {
  const config = join(folder, 'prometheus.yml');
  const scrape = { job_name: 'bench', scrape_interval: '200ms', scrape_timeout: '200ms' };
  const target = new URL(metrics).host;
  writeFileSync(
    config,
    JSON.stringify({ scrape_configs: [{ ...scrape, static_configs: [{ targets: [target] }] }] }),
  );
  const data = join(folder, 'prometheus');
  mkdirSync(data);
  const port = await freePort();
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${data}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn(program, args, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/-/ready`).then(
      (answer) => answer.ok,
      () => false,
    ))
  )
    await sleep(50);
  return {
    async ask(query) {
      const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
      return ((await answer.json()) as { data: { result: unknown[] } }).data.result;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

describe.concurrent('what programs read of a run', () => {
  test('may lose its reader: the run goes on to its end', async ({ sandbox }) => {
    const bench = sandbox.start([
      'run',
      '--events',
      ...QUICK,
      ...TARGET,
      '--include',
      'first',
      '--out',
      sandbox.out,
    ]);
    await bench.untilSays(/run-started/);
    bench.closeStdout();
    const { code, stderr } = await bench.ended;
    expect(stderr).not.toMatch(/EPIPE|Internal/);
    expect(sandbox.record().status).toBe('complete');
    expect([0, 4]).toContain(code);
  });

  test('is refused where two would write to one place, with all else that is wrong', async ({ sandbox }) => {
    const args = [
      'run',
      '--json',
      '--events',
      '--prometheus',
      'x',
      '--rates',
      '0',
      ...TARGET,
      '--out',
      sandbox.out,
    ];
    const outcome = await sandbox.bench(args);
    expectError(
      outcome,
      2,
      /--json and --events exclude each other/,
      /--prometheus: expected/,
      /--rates: expected/,
    );
    expect(outcome.stdout).toBe('');
  });

  test('is refused on a port that is taken, before anything starts', async ({ sandbox }) => {
    const server = await fixtureServer('healthy');
    try {
      const { port } = new URL(server.url);
      const args = ['run', '--prometheus', port, ...QUICK, ...TARGET, '--out', sandbox.out];
      expectError(
        await sandbox.bench(args),
        2,
        new RegExp(`--prometheus: port ${port} on 127.0.0.1 is taken`),
      );
      expect(readdirSync(sandbox.folder)).not.toContain('out');
    } finally {
      server.stop();
    }
  });

  test('ends with an interrupt, and says so', async ({ sandbox }) => {
    const bench = startLiveRun(sandbox, '--events', '--prometheus', '0');
    await bench.untilSays(/"phase":"window"/);
    bench.signalGroup('SIGINT');
    const { code, stdout } = await bench.ended;
    expect(code).toBe(130);
    expect(eventsIn(stdout).at(-1)).toMatchObject({
      event: 'run-finished',
      status: 'interrupted',
      exitCode: 130,
    });
  });
});
