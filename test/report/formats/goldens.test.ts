import { expect, test } from 'vitest';
import { FORMATS } from '../../../src/report/formats/index.js';
import { githubAnnotations } from '../../../src/report/formats/github.js';
import { objectivesOf } from '../../../src/config/resolve-objectives.js';
import { hostileObjectives, hostileReport, mixedReport, withObjectives } from '../../support/reports.js';

const OBJECTIVES = objectivesOf([
  'p95 < 300ms',
  'errors < 0.5%',
  'write_item rps >= 90',
  'cpu < 50% at 200/s',
]);
const REPORTS = {
  mixed: withObjectives(mixedReport(), OBJECTIVES ?? []),
  hostile: withObjectives(hostileReport(), hostileObjectives()),
};
type Named = keyof typeof REPORTS;

const OURS = ['md', 'csv', 'locust', 'junit', 'hgrm', 'github'] as const;
const files = (name: Named): { format: string; name: string; text: string }[] =>
  OURS.flatMap((format) => [...FORMATS[format](REPORTS[name])].map((file) => ({ format, ...file })));

test.each(
  (Object.keys(REPORTS) as Named[]).flatMap((report) =>
    files(report)
      // Of ten distributions that differ in nothing one will do.
      .filter((file) => report === 'mixed' || file.format !== 'hgrm')
      .map((file) => [report, file.name, file.text] as const),
  ),
)('the %s report as %s stays as it is', async (report, name, text) => {
  await expect(text).toMatchFileSnapshot(`../../golden/formats/${report}/${name}`);
});

test.each(Object.keys(REPORTS) as Named[])(
  'the annotations of the %s report stay as they are',
  async (name) => {
    const lines = githubAnnotations(REPORTS[name]);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../../golden/formats/${name}/annotations.txt`);
  },
);

test.each(OURS)('%s gives the same bytes for the same report', (format) => {
  expect(FORMATS[format](mixedReport())).toEqual(FORMATS[format](mixedReport()));
});

test('file names are plain, and none is taken for that of a cell', () => {
  for (const name of Object.keys(REPORTS) as Named[]) {
    const names = files(name).map((file) => file.name);
    expect(new Set(names).size).toBe(names.length);
    for (const file of names) expect(file).toMatch(/^[A-Za-z0-9][\w.-]*\.(md|csv|xml|hgrm)$/);
  }
});
