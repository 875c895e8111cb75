import { describe, expect, test } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';

const WIDTH = 80;

function helpOf(name: string): string {
  const program = buildProgram({ version: '0.1.0', words: [], exitCode: 0 });
  const command = [program, ...program.commands].find((candidate) => candidate.name() === name)!;
  let text = '';
  command.configureOutput({
    writeOut: (part) => (text += part),
    getOutHelpWidth: () => WIDTH,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text;
}

describe('the help of', () => {
  test.each([
    'bench',
    'run',
    'plot',
    'compare',
    'ab',
    'history',
    'calibrate',
    'list',
    'init',
    'serve',
    'scenarios',
  ])('bench %s reads well and fits 80 columns', async (name) => {
    const text = helpOf(name);
    expect(text.split('\n').filter((line) => line.length > WIDTH)).toEqual([]);
    await expect(text).toMatchFileSnapshot(`../golden/help/${name}.txt`);
  });
});

test('every option is described', () => {
  const program = buildProgram({ version: '0.1.0', words: [], exitCode: 0 });
  const silent = program.commands.flatMap(({ options }) =>
    options.filter(({ description }) => description === ''),
  );
  expect(silent).toEqual([]);
});
