import { afterEach, describe, expect, test, vi } from 'vitest';
import { shownComplaint, shownJson, shownText } from '../../src/cli/safe-output.js';
import { jsonText } from '../../src/kernel/text.js';

const RUNNERS = ['GITHUB_ACTIONS', 'TF_BUILD', 'TEAMCITY_VERSION', 'CI'];

function asIn(runner: string | null): void {
  for (const name of RUNNERS) vi.stubEnv(name, name === runner ? 'true' : '');
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('what is printed', () => {
  test('keeps its lines and colours, and loses what steers a terminal', () => {
    asIn(null);
    expect(shownText('\u001b[31mred\u001b[0m\n\ta')).toBe('\u001b[31mred\u001b[0m\n\ta');
    expect(shownText('\u001b]0;x\u0007\u009b2J\u202eb\u061c\u007f')).toBe(
      '\ufffd]0;x\ufffd\ufffd2J\ufffdb\ufffd\ufffd',
    );
    expect(shownText('::error::x')).toBe('::error::x');
  });

  test.for(RUNNERS)('holds no command for the runner that sets %s', (runner) => {
    asIn(runner);
    const text =
      'a\n  ::error title=x::boo\n\u001b[1m::set-output name=a::b\nx ##[error]y\n##vso[a]\n##teamcity[b]';
    const shown = shownText(text);
    expect(shown.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
    expect(shown).not.toMatch(/##\w*\[/);
    expect(shown.replaceAll('\u2060', '')).toBe(text);
  });

  test('as JSON says the same value, with nothing that steers or commands', () => {
    asIn('GITHUB_ACTIONS');
    const value = { name: '##[error]\u001b\u009b\u202e', '##vso[x]': 1 };
    const shown = shownJson(jsonText(value));
    expect(JSON.parse(shown)).toEqual(value);
    expect(shown).toMatch(/^[ -~]*$/);
    expect(shown).not.toContain('##');
  });

  test('of words that are repeated holds no password', () => {
    asIn(null);
    expect(shownComplaint("error: unknown option '--urll=http://u:hunter22@h'")).toBe(
      "error: unknown option '--urll=http://<redacted>@h'",
    );
  });
});
