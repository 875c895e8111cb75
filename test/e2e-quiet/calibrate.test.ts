import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { noiseFloorSchema } from '../../src/model/results/noise-floor.js';
import { mayRunInRealTime } from '../support/real-time.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { serverCommand } from '../support/sandbox.js';

const KEPT = 'cache/openapi-bench/noise-floor.json';

describe('bench calibrate', () => {
  test('measures the same, each time on a fresh server, and keeps what it varies by', async ({ sandbox }) => {
    const target = ['--command', serverCommand('healthy'), '--port', 'auto', '--warmup', '1s'];
    const load = ['--repeats', '2', '--rates', '50', '100', '--duration', '1s'];
    const first = mayRunInRealTime() ? ['--realtime'] : [];
    const words = ['calibrate', ...target, ...load, ...first, '--out', sandbox.out, '--json'];
    // Warmed up: of INVALID cells nothing would be learned.
    const { code, stdout, stderr } = await sandbox.bench(words, { OPENAPI_BENCH_COLD: '' });
    expect(stderr).toMatch(/Run 1 of 2\n[^]*Run 2 of 2, about .* left\n[^]*Noise floor of /);
    expect(code).toBe(0);
    const floor = noiseFloorSchema.parse(JSON.parse(stdout));
    expect(floor).toMatchObject({ runs: 2, falseAlarms: { comparisons: 2, repeats: 1 } });
    expect(floor.figures.length).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(join(sandbox.folder, KEPT), 'utf8'))).toEqual(floor);
    const starts = ['run-1', 'run-2'].map((run) =>
      readFileSync(join(sandbox.out, run, 'results.json'), 'utf8'),
    );
    expect(starts.map((text) => text.match(/"kind": ?"started"/g)?.length)).toEqual([1, 1]);
  });
});
