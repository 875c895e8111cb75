import { describe, expect, it } from 'vitest';
import { caseTables } from '../../src/report/case-tables.js';
import { casesSection } from '../../src/report/html/cases-section.js';
import { markdownOf } from '../../src/report/formats/markdown.js';
import { casesBelow, renderCases } from '../../src/report/terminal/render-cases.js';
import { caseOf, cell, latency, type CellChanges } from '../support/cells.js';
import { cpuGauge } from '../support/gauges.js';
import { reportOf } from '../support/reports.js';

const MIB = 2 ** 20;
const ONE = caseOf('1 core', { cpuCores: 1, memoryBytes: 512 * MIB });
const HALF = caseOf('half a core', { cpuCores: 0.5, memoryBytes: 256 * MIB });
const OPTIONS = { color: false, unicode: true, width: 80 };

function inCase(limits: typeof ONE, achievedRps: number, p50: number, changes: CellChanges = {}) {
  return cell({
    id: `get_item_${limits.name}`,
    ...{ case: limits, achievedRps },
    latencyMs: { response: latency({ p50 }) },
    cpuQuota: {
      generator: null,
      isShared: false,
      target: { cores: limits.cpuCores ?? 1, periodMs: 100, throttledPeriods: 25, throttledMs: 900 },
    },
    ...changes,
  });
}

const cells = [inCase(ONE, 1000, 2), inCase(HALF, 480, 5)];

describe('resource cases', () => {
  it('stand side by side, with what each figure is of that in the first case', () => {
    expect(renderCases(reportOf(cells), OPTIONS)).toMatchInlineSnapshot(`
      "Resource cases of GET /items/{item_id} · 1000 requests/s · 1 worker
                                        1 core         half a core
      Limits                   1 core, 512 MiB  0.5 cores, 256 MiB
      Requests per second                 1000          480 (0.48)
      50 %, ms                            2.00         5.00 (2.50)
      95 %, ms                            2.04         2.04 (1.00)
      99 %, ms                            4.88         4.88 (1.00)
      Failures                               0                   0
      CPU, 100 % = a core                   66           66 (1.00)
      CPU, % of its limit                 66.4               132.8
      Throttled, % of periods             25.0                25.0
      Memory, MB at most                    91           91 (1.00)
      Verdict                            VALID               VALID
      In brackets: the figure ÷ that of the first case."
    `);
  });

  it('are in Markdown and HTML too', () => {
    const markdown = markdownOf(reportOf(cells), 65_536);
    expect(markdown).toMatch(/\| Requests per second +\| +1000 \| +480 \(0\.48\) \|/);
    const { markup } = casesSection(reportOf(cells));
    expect(markup).toContain('480 (0.48)');
    expect(markup).toContain('Resource cases of GET /items/{item_id}');
  });

  it('are not compared where there is but one, and none where the target was not limited', () => {
    expect(caseTables(reportOf([inCase(ONE, 1, 1), cell()]))).toEqual([]);
    expect(renderCases(reportOf([cell()]), OPTIONS)).toBe('');
  });

  it('are compared within one load and one number of workers, repeats by their medians', () => {
    const repeated = [700, 480, 500].map((rps, at) => inCase(HALF, rps, 5, { repeat: at + 1 }));
    const more = [inCase(ONE, 2000, 2, { workers: 2 }), inCase(HALF, 900, 4, { workers: 2 })];
    const tables = caseTables(reportOf([cells[0]!, ...repeated, ...more]));
    expect(tables.map(({ title }) => title)).toEqual([
      'Resource cases of GET /items/{item_id} · 1000 requests/s · 1 worker · medians of 3 repeats',
      'Resource cases of GET /items/{item_id} · 1000 requests/s · 2 workers',
    ]);
    expect(tables[0]?.rows[1]?.map(({ text }) => text)).toEqual([
      'Requests per second',
      '1000',
      '500 (0.50)',
    ]);
  });

  it('have no ratios where a measurement is not valid, and say what did not limit the memory', () => {
    const open = { ...HALF, cpuBy: 'taskset', memoryBy: 'nothing' } as const;
    const invalid = { verdict: { state: 'INVALID' as const, reasons: [] } };
    const text = renderCases(reportOf([cells[0]!, inCase(open, 480, 5, invalid)]), OPTIONS);
    expect(text).not.toContain('(0.48)');
    expect(text).toContain('No ratios: INVALID figures say nothing of the target.');
    expect(text).toMatch(/The memory was not limited.*: half a core\./);
    expect(text).toMatch(/Limits +1 core, 512 MiB +0\.5 cores\n/);
  });

  it('are of their limits: of the CPU what was granted, where a case has more than there is', () => {
    const wide = caseOf('64 cores', { cpuCores: 64 });
    const used = { gauges: { 'target.cpu': cpuGauge({ mean: 150 }) } };
    const quota = {
      generator: null,
      isShared: false,
      target: { cores: 2, periodMs: 100, throttledPeriods: 0, throttledMs: 0 },
    };
    const [table] = caseTables(
      reportOf([inCase(wide, 1000, 2, { ...used, cpuQuota: quota }), inCase(HALF, 480, 5)]),
    );
    const row = table?.rows.find(([name]) => name?.text === 'CPU, % of its limit');
    expect(row?.[1]?.text).toBe('75.0');
  });

  it('are asked for where there are many', () => {
    const many = ['a', 'b', 'c'].flatMap((id) =>
      cells.map((one) => ({
        ...one,
        subject: { id, operations: [{ id, method: 'GET', path: `/${id}`, weight: 1 }] },
      })),
    );
    const text = casesBelow(reportOf(many), { ...OPTIONS, program: 'bench' });
    expect(text).toMatch(
      /To see the resource cases side by side \(3 tables\):\n {2}bench plot .* --view cases/,
    );
  });
});
