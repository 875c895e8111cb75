import { expect, test } from 'vitest';
import { listCommand } from '../../src/cli/commands/list.js';
import { runCommand } from '../../src/cli/commands/run.js';
import { programWords } from '../../src/cli/program-words.js';
import { REDACTED } from '../../src/kernel/redact-text.js';
import { initFromRun, runAgain, RUN_ONLY } from '../../src/report/rerun-words.js';

const context = { version: '0', words: [], exitCode: 0 };

test('the options that list does not take are exactly those of run that it does not have', () => {
  const namesOf = (command: ReturnType<typeof runCommand>): string[] =>
    command.options.map(({ long }) => long ?? '').filter((name) => name !== '--help');
  const ofList = namesOf(listCommand(context));
  const expected = namesOf(runCommand(context)).filter(
    (name) => name === '--requests' || !ofList.includes(name),
  );
  expect(RUN_ONLY.toSorted()).toEqual(expected.toSorted());
});

test('a scenario file is begun anew with objectives by the words that began it, but for where it goes', () => {
  const words = ['init', '--url', 'http://a', '--force', '--output', 'b.yaml', '--check-writes'];
  expect(initFromRun(words, '.tmp/first').join(' ')).toBe(
    'init --url http://a --check-writes --output - --objectives-from .tmp/first',
  );
});

test('a run of fewer operations does not name twins that it would lack', () => {
  const words = ['run', '--twin', 'a=b', 'c=d', '--url', 'http://x', '--twin=e=f'];
  expect(runAgain(words, { '--include': ['a'] })).toEqual(['run', '--url', 'http://x', '--include', 'a']);
  expect(runAgain(words, { '--rates': ['9'] })).toEqual([...words, '--rates', '9']);
});

test('secrets are marked in stored commands as the advice looks for them', () => {
  expect(REDACTED).toBe('<redacted>');
});

test.each([
  [{ npm_command: 'exec' }, '/home/me/api/node_modules/.bin/bench', 'npx bench'],
  [{}, '/usr/local/bin/bench', 'bench'],
  [{}, `${process.cwd()}/bin/bench.js`, 'node bin/bench.js'],
])('a command is written as bench was started: %j %s', (env, script, words) => {
  expect(programWords(script, env)).toBe(words);
});
