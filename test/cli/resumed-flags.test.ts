import { describe, expect, test } from 'vitest';
import { resumedFlags } from '../../src/cli/actions/resumed-flags.js';
import { redactCommand } from '../../src/kernel/redact-text.js';

const BEGUN = ['ab', '--base', 'main', '--rates', '100', '200', '--no-keepalive', '--json', '--out', 'x'];

function resumed(begun: readonly string[], ...words: string[]): Record<string, unknown> {
  return resumedFlags({ command: redactCommand(begun) }, ['ab', '--resume', 'x', ...words]);
}

describe('the flags of a resumed bench ab', () => {
  test('are those that it was begun with; how results are shown may be another way', () => {
    const flags = resumed(BEGUN, '--format', 'md', '--fail-on', 'never');
    expect(flags).toMatchObject({
      base: 'main',
      rates: ['100', '200'],
      keepalive: false,
      resume: 'x',
      format: ['md'],
    });
    expect(flags).toMatchObject({ json: true, failOn: 'never' });
  });

  test('cannot be changed', () => {
    expect(() => resumed(BEGUN, '--rates', '400', '--candidate-command', 'x')).toThrow(
      '--resume goes on with what was begun: --candidate-command, --rates cannot be changed.',
    );
  });

  test('hold secrets only where they are given again', () => {
    const begun = [...BEGUN, '--header', 'Authorization: Bearer s3cret'];
    expect(() => resumed(begun)).toThrow('No secrets are kept, so --header must be given again.');
    expect(resumed(begun, '--header', 'Authorization: Bearer s3cret')).toMatchObject({
      header: ['Authorization: Bearer s3cret'],
      rates: ['100', '200'],
    });
  });
});
