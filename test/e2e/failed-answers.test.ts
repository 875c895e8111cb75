import { describe, expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { QUICK, serverCommand } from '../support/sandbox.js';

const SECRET = 'bearer.token-zq93';

describe.concurrent('what a server says of failed requests', () => {
  test.for(['wire', 'undici'])('is stored and shown, sent by %s', async (client, { sandbox }) => {
    const { stdout } = await sandbox.bench([
      ...['run', ...QUICK, '--command', serverCommand('fails-in-words'), '--out', sandbox.out],
      ...['--client', client, '--threads', '2', '--format', 'md'],
      ...['--header', `Authorization: Bearer ${SECRET}`],
    ]);

    const [first, second] = sandbox.record().cells;
    const sentence = /no connection left for <redacted>, answer \d+/;
    expect(first?.failedAnswers).toEqual([
      {
        ...{ operation: 'first', status: 500, contentType: 'application/json', isCut: false },
        message: expect.stringMatching(sentence) as string,
        body: expect.stringMatching(/^\{"detail":"no connection left for <redacted>, .*\}$/) as string,
        bodyBytes: expect.any(Number) as number,
      },
    ]);
    const page = (status: number, parity: number): object => ({
      ...{ operation: 'second', status, contentType: 'text/html', isCut: true },
      message: `page ${parity}`,
      body: `<html><title>page ${parity}</title>${'x'.repeat(5000)}`.slice(0, 2048),
      bodyBytes: 5027,
    });
    const { failedAnswers = [] } = second!;
    expect(failedAnswers.toSorted((a, b) => a.status - b.status)).toEqual([page(418, 1), page(503, 0)]);

    const outputs = ['results.json', 'report.md', 'report.html'].map((name) => sandbox.text(name));
    for (const text of [stdout.replace(/\s+/g, ' '), ...outputs.slice(1)])
      expect(text).toContain('no connection left');
    for (const text of [stdout, ...outputs]) expect(text).not.toContain(SECRET);
  });
});
