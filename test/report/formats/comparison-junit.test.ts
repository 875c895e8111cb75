import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { renderComparisonJunit } from '../../../src/report/formats/comparison-junit.js';
import { judgedRuns } from '../../support/judged-comparison.js';
import { comparedRuns, endpoint, runBefore, simulatedRun } from '../../support/simulated-runs.js';

const packageFile = fileURLToPath(import.meta.resolve('jest-junit-reporter/package.json'));
const SCHEMA = readFileSync(join(dirname(packageFile), 'src/__tests__/fixtures/junit.xsd'), 'utf8');

const { name, text } = renderComparisonJunit(judgedRuns().comparison);

async function complaints(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'junit.xml', contents: xml }],
    schema: [{ fileName: 'junit.xsd', contents: SCHEMA }],
  });
  return errors.map(({ message }) => message);
}

test('a comparison as JUnit XML', async () => {
  expect(name).toBe('compare-junit.xml');
  await expect(text).toMatchFileSnapshot('../../golden/comparison/compare-junit.xml');
});

test('is valid by the schema, but for what was skipped, which it does not know', async () => {
  const skipped = text.replaceAll(/<skipped [^>]*><\/skipped>/g, '');
  expect(await complaints(skipped)).toEqual([]);
  expect(await complaints(skipped.replace('<system-err>', '<nonsense/><system-err>'))).not.toEqual([]);
});

test('has a case for each cell: a failure where it regressed, skipped where nothing is known', () => {
  expect(text.match(/<testcase /g)).toHaveLength(10);
  expect(text.match(/<failure type="REGRESSED"/g)).toHaveLength(3);
  expect(text.match(/<skipped message="INCONCLUSIVE: [^"]*9 repeats on each side would tell/g)).toHaveLength(1);
  expect(text.match(/<skipped message="SUSPECT: /g)).toHaveLength(1);
  expect(text.match(/<skipped message="not judged: INVALID in B/g)).toHaveLength(1);
});

test('does not let a comparison of nothing pass', () => {
  const other = simulatedRun({ name: 'other', endpoints: [endpoint('x')] });
  const empty = renderComparisonJunit(comparedRuns(runBefore(), other).comparison).text;
  expect(empty).toContain('<error type="nothing-compared"');
  expect(empty).toContain('tests="1" failures="0" errors="1"');
});
