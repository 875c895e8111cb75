import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { analyzeRun } from '../../../src/analyze/analyze-run.js';
import { objectivesOf } from '../../../src/config/resolve-objectives.js';
import type { Report } from '../../../src/model/report/report.js';
import { renderJunit } from '../../../src/report/formats/junit.js';
import { runRecord } from '../../support/runs.js';
import { cell } from '../../support/cells.js';
import { bareCell, hostileReport, mixedReport, storedReport } from '../../support/reports.js';

const packageFile = fileURLToPath(import.meta.resolve('jest-junit-reporter/package.json'));
/** The schema of Ant's JUnit reports, the strictest that is around, as another reporter tests with it. */
const SCHEMA = readFileSync(join(dirname(packageFile), 'src/__tests__/fixtures/junit.xsd'), 'utf8');

const textOf = (report: Report): string => renderJunit(report)[0]!.text;

async function complaints(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'junit.xml', contents: xml }],
    schema: [{ fileName: 'junit.xsd', contents: SCHEMA }],
  });
  return errors.map(({ message }) => message);
}

const judged = mixedReport();
const outcomes = analyzeRun(judged, objectivesOf(['get_item p95 < 0ms', 'get_item rps >= 0']));

const interrupted = runRecord({ status: 'interrupted' });
const REPORTS: readonly (readonly [name: string, report: Report])[] = [
  ['mixed verdicts', mixedReport()],
  ['hostile names', hostileReport()],
  ['objectives', { ...judged, analysis: outcomes }],
  [
    'an interrupted run without cells',
    storedReport([], { run: interrupted, remarks: ['The run was interrupted.'] }),
  ],
  ['a damaged run', storedReport([bareCell()], { run: null, remarks: ['results.json is damaged.'] })],
];

describe('JUnit XML', () => {
  it.each(REPORTS)('is valid by the schema for %s', async (_, report) => {
    expect(await complaints(textOf(report))).toEqual([]);
  });

  it('would not be valid with an element that the schema does not know', async () => {
    const broken = textOf(mixedReport()).replace('<system-err>', '<nonsense/><system-err>');
    expect(await complaints(broken)).not.toEqual([]);
  });

  it('has INVALID as an error; SUSPECT passes, and the output of the suite says why', () => {
    const reasons = [{ id: 'generator-lagged', message: 'late', remedy: 'another machine' }];
    const invalid = bareCell(cell({ verdict: { state: 'INVALID', reasons } }));
    const suspect = bareCell(cell({ verdict: { state: 'SUSPECT', reasons } }));
    const text = textOf(storedReport([invalid, suspect]));
    expect(text).toMatch(/tests="2" failures="0" errors="1"/);
    expect(text.match(/<error /g)).toHaveLength(1);
    expect(text).toContain(
      '<error type="generator-lagged" message="late">generator-lagged: late (another machine)</error>',
    );
    expect(text).toMatch(/<system-out>[^<]*SUSPECT get_item: [^<]*generator-lagged: late/);
  });

  it('does not let a run that failed look like one that passed', () => {
    const run = runRecord({ status: 'failed' });
    const text = textOf(storedReport([bareCell()], { run, remarks: ['The run failed: no answer'] }));
    expect(text).toContain('<error type="run-failed" message="The run failed: no answer">');
  });

  it('keeps the mark of a lower bound', () => {
    expect(textOf(mixedReport())).toContain('p99 ≥10000 ms');
  });
});
