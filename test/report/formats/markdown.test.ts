import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown, verdictLine } from '../../../src/report/formats/markdown.js';
import {
  markdownCode,
  markdownFence,
  markdownTableCode,
  markdownText,
} from '../../../src/report/formats/markdown-text.js';
import type { Report } from '../../../src/model/report/report.js';
import { cell } from '../../support/cells.js';
import { runRecord } from '../../support/runs.js';
import { bareCell, mixedReport, storedReport } from '../../support/reports.js';

const textOf = (report: Report): string => renderMarkdown(report)[0]!.text;
const bytesOf = (text: string): number => Buffer.byteLength(text);

describe('Markdown', () => {
  it('has the verdict in its first line', () => {
    const [first] = textOf(mixedReport()).split('\n');
    expect(first).toBe('**1 of 4 cells SUSPECT**, 3 VALID · `bench_20260115_120000`');
  });

  it.each([
    ['one cell', storedReport([bareCell()]), '**The one cell is VALID** · `bench_20260115_120000`'],
    ['none', storedReport([]), '**No cell was measured** · `bench_20260115_120000`'],
    [
      'a damaged run',
      storedReport([bareCell(), bareCell()], { run: null }),
      '**All 2 cells are VALID** · the run is damaged · `bench_20260115_120000`',
    ],
    [
      'a failed one',
      storedReport([bareCell()], { run: runRecord({ status: 'failed' }) }),
      '**The one cell is VALID** · the run is failed · `bench_20260115_120000`',
    ],
  ])('says of %s how it is', (_, report, line) => {
    expect(verdictLine(report)).toBe(line);
  });

  it('keeps the mark of a lower bound', () => {
    expect(textOf(mixedReport())).toContain('≥10000');
  });

  it('is no longer than GitHub takes, says what is cut, and still ends well', () => {
    const name = 'ü'.repeat(60);
    const many = Array.from({ length: 1000 }, (_, at) =>
      bareCell(cell({ operation: { id: `${name}_${at}`, method: 'GET', path: '/' } })),
    );
    const text = textOf(storedReport(many));
    expect(bytesOf(text)).toBeLessThanOrEqual(65_536);
    expect(bytesOf(text)).toBeGreaterThan(64_000);
    expect(text).toMatch(/\n\*Cut: \d+ more lines would go beyond 65536 bytes/);
    expect(text.trimEnd().endsWith('</details>')).toBe(true);
  });

  it('is not cut when it fits', () => {
    expect(textOf(mixedReport())).not.toContain('*Cut:');
  });
});

describe('text of foreign origin', () => {
  it.each([
    ['<b>', '\\<b\\>'],
    ['[a](b)', '\\[a\\](b)'],
    ['*a* _b_ snake_case', '\\*a\\* \\_b\\_ snake_case'],
    ['@octocat #12 GH-7', '@\u2060octocat #\u206012 GH-\u20607'],
    ['https://a.b www.a.b', 'https\\://a.b www\\.a.b'],
    ['a | b ~c~ $x$ `d`', 'a \\| b \\~c\\~ \\$x\\$ \\`d\\`'],
    ['one\ntwo\u202e', 'one two '],
    ['&lt; \\', '\\&lt; \\\\'],
  ])('%j becomes plain words', (text, safe) => {
    expect(markdownText(text)).toBe(safe);
  });

  it.each([
    ['a', '`a`'],
    ['`a', '`` `a ``'],
    ['a``b', '```a``b```'],
    ['', '` `'],
  ])('%j becomes code', (text, code) => {
    expect(markdownCode(text)).toBe(code);
  });

  it('never ends a table cell or a code span before its own end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', '|', 'a', ' ', '\n', '\\') }), (text) => {
        const code = markdownTableCode(text);
        expect(code.replaceAll('\\|', '')).not.toContain('|');
        const fence = /^`+/.exec(code)![0];
        expect(code.slice(fence.length, -fence.length).match(/`+/g) ?? []).not.toContain(fence);
        expect(code).not.toContain('\n');
      }),
    );
  });

  it('never ends a block of lines before its own end', () => {
    const [start, ...rest] = markdownFence(['```', '````']);
    expect([start, rest.at(-1)]).toEqual(['`````text', '`````']);
  });
});
