import { describe, expect } from 'vitest';
import { expectError } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

describe.concurrent('two operations side by side', () => {
  test('are shown by the run, and by bench plot of it, which may be given others', async ({ sandbox }) => {
    const { stdout } = await sandbox.run('healthy', '--twin', 'first=GET /second');
    expect(stdout.match(/^ +first +GET \/second +Right ÷ left$/gm)).toHaveLength(1);
    expect(sandbox.record().config['twins']).toEqual({
      pairs: [
        {
          left: { name: 'first', operation: 'first' },
          right: { name: 'GET /second', operation: 'GET /second' },
        },
      ],
      isOfScenario: false,
    });
    const plot = (...args: string[]) => sandbox.bench(['plot', sandbox.out, '--no-html', ...args]);
    expect((await plot()).stdout).toContain('GET /first against GET /second · ');
    expect((await plot('--twin', 'second=first')).stdout).toContain('GET /second against GET /first · ');
    expectError(await plot('--twin', 'second=firts'), 2, /names firts, .* did you mean first\?/);
  });

  test('are refused before any load where the run lacks one', async ({ sandbox }) => {
    const twin = ['--twin', 'first=secnd'];
    const wrong = [/“first=secnd” names secnd, .* did you mean second\?/, /No load was sent/];
    expectError(await sandbox.run('healthy', ...twin, '--dry-run'), 2, ...wrong);
    expectError(await sandbox.run('healthy', ...twin), 2, ...wrong);
    expect(sandbox.record().cells).toEqual([]);
  });
});
