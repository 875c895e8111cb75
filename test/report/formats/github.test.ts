import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { githubAnnotations, renderGithub } from '../../../src/report/formats/github.js';
import { cell } from '../../support/cells.js';
import { runRecord } from '../../support/runs.js';
import { bareCell, mixedReport, storedReport } from '../../support/reports.js';
import { anyText } from '../../support/text.js';

function suspects(count: number, state: 'SUSPECT' | 'INVALID' = 'SUSPECT'): ReturnType<typeof storedReport> {
  const verdict = { state, reasons: [{ id: 'few-samples', message: 'only 10 requests' }] };
  return storedReport(
    Array.from({ length: count }, (_, at) =>
      bareCell(cell({ verdict, operation: { id: `endpoint_${at}`, method: 'GET', path: '/' } })),
    ),
  );
}

/** As the runner reads a line: properties up to the next `::`, parted by commas. */
function readCommand(line: string): { command: string; title: string; message: string } {
  const [, command, title, message] = /^::(\w+) title=([^,:]*)::(.*)$/s.exec(line)!;
  const plain = (text: string): string =>
    text.replace(/%(0D|0A|3A|2C|25)/g, (code) => decodeURIComponent(code));
  return { command: command!, title: plain(title!), message: plain(message!) };
}

describe('GitHub annotations', () => {
  it('mark SUSPECT as a warning, INVALID as an error, and nothing else', () => {
    expect(githubAnnotations(mixedReport()).map(readCommand)).toEqual([
      {
        command: 'warning',
        title: 'SUSPECT: write_item at 200 requests/s · 1 worker',
        message: 'overloaded: the median grows; only 220 requests',
      },
    ]);
    expect(readCommand(githubAnnotations(suspects(1, 'INVALID'))[0]!).command).toBe('error');
    expect(githubAnnotations(storedReport([bareCell()]))).toEqual([]);
  });

  it('are ten of a kind at most, of which the last names the rest', () => {
    expect(githubAnnotations(suspects(10))).toHaveLength(10);
    const lines = githubAnnotations(suspects(25)).map(readCommand);
    expect(lines).toHaveLength(10);
    expect(lines[9]!.title).toBe('bench: 16 more');
    expect(lines[9]!.message).toContain('endpoint_24');
  });

  it('mark a run that did not come to its end', () => {
    const run = runRecord({ status: 'failed' });
    const [line] = githubAnnotations(storedReport([], { run, remarks: ['The run failed: no answer'] }));
    expect(readCommand(line!)).toEqual({
      command: 'error',
      title: 'bench: the run is failed',
      message: 'The run failed: no answer',
    });
  });

  it('are one line each, whatever the endpoint is called', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (id, message) => {
        const verdict = { state: 'SUSPECT' as const, reasons: [{ id: 'x', message: `a${message}` }] };
        const operation = { id: `::error::${id}`, method: 'GET', path: '/' };
        const lines = githubAnnotations(storedReport([bareCell(cell({ operation, verdict }))]));
        expect(lines).toHaveLength(1);
        expect(lines[0]).not.toMatch(/[\r\n]/);
        expect(readCommand(lines[0]!)).toMatchObject({ command: 'warning' });
        expect(readCommand(lines[0]!).title).toContain('::error::');
      }),
    );
  });
});

it('the job summary is the Markdown report, and may be longer', () => {
  const [file] = renderGithub(suspects(1000));
  expect(file!.name).toBe('github-summary.md');
  expect(file!.text).toContain('endpoint_999');
  expect(Buffer.byteLength(file!.text)).toBeLessThanOrEqual(1024 * 1024);
});
