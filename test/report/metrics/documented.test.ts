import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { objectivesOf } from '../../../src/config/resolve-objectives.js';
import { liveMetrics } from '../../../src/report/metrics/live-metrics.js';
import { renderOpenMetrics } from '../../../src/report/formats/openmetrics.js';
import { cell } from '../../support/cells.js';
import { liveRun } from '../../support/live.js';
import { parseMetrics } from '../../support/parse-metrics.js';
import { runRecord } from '../../support/runs.js';
import { recordedReport, withObjectives } from '../../support/reports.js';
import { byProcess, memoryGauge } from '../../support/gauges.js';

const finished = cell({
  failures: { 'connection-reset': 1 },
  byProcess: byProcess([200, 100], [5, 5]),
  probes: { processes: { looks: 21, meanMs: 0.6, maxMs: 2, cpuMs: 12 } },
  gauges: {
    'target.memory': memoryGauge({ growthPerMinute: 60 }),
    'postgres.connections': { ...memoryGauge(), title: 'Connections of PostgreSQL', unit: '' },
  },
  verdict: { state: 'SUSPECT', reasons: [{ id: 'few-samples', message: '' }] },
});
const live = liveMetrics(
  {
    ...{ version: '0.1.0', run: liveRun(), nowMs: 0, finished: [finished] },
    totals: { sent: 0, succeeded: 0, failed: 0 },
  },
  'text',
);
const namesIn = (text: string): Set<string> => new Set(parseMetrics(text).map(({ name }) => name));

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

it('the Grafana dashboard asks for metrics that are served while a run goes on', () => {
  const text = readFileSync('docs/grafana-dashboard.json', 'utf8');
  const { panels } = JSON.parse(text) as Dashboard;
  const asked = panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/openapi_bench_\w+/g) ?? []),
  );
  const served = namesIn(live);

  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((name) => !served.has(name))).toEqual([]);
  for (const { title, targets } of panels) expect([title, targets.length > 0]).toEqual([title, true]);
});

it('docs/prometheus.md explains every metric, and none that is not', () => {
  const text = readFileSync('docs/prometheus.md', 'utf8');
  const explained = [...text.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => `openapi_bench_${name}`);
  const report = recordedReport(runRecord({ cells: [finished] }));
  const [stored] = renderOpenMetrics(withObjectives(report, objectivesOf(['mean < 1s']) ?? []));
  const told = new Set([...namesIn(live), ...namesIn(stored!.text)]);

  expect(text).toContain(stored!.name);
  expect(explained.toSorted()).toEqual([...told].toSorted());
});
