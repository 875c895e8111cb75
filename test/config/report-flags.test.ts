import { expect, it } from 'vitest';
import { formatsOf } from '../../src/config/report-flags.js';
import { userErrorOf } from '../support/caught.js';

it('takes formats one by one, parted by commas, and each once', () => {
  expect(formatsOf(undefined, 'plot')).toEqual([]);
  expect(formatsOf(['junit', 'md,csv', 'md'], 'plot')).toEqual(['junit', 'md', 'csv']);
});

it('names every wrong format at once, and the nearest right one', async () => {
  const error = await userErrorOf(() => formatsOf(['junti', 'md', 'pdfpdfpdf', ''], 'plot'));
  expect(error.fault).toBe('usage');
  expect(error.message.split('\n')).toEqual([
    '--format: expected md, csv, locust, junit, hgrm, openmetrics or github (did you mean junit?), came "junti"',
    '--format: expected md, csv, locust, junit, hgrm, openmetrics or github, came "pdfpdfpdf"',
    expect.stringMatching(/^--format: expected .*, came nothing$/),
  ]);
  expect(error.hint).toBe('See bench plot --help.');
});
