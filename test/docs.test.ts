import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { parseScenario } from '../src/config/read-scenario.js';
import { scenarioSchema } from '../src/model/config/scenario.js';

interface Block {
  readonly place: string;
  readonly text: string;
}

const FILES = ['README.md', ...readdirSync('docs').map((name) => join('docs', name))].filter((file) =>
  file.endsWith('.md'),
);
const BLOCKS: readonly Block[] = FILES.flatMap((file) => yamlBlocks(file));

function yamlBlocks(file: string): Block[] {
  const text = readFileSync(file, 'utf8');
  const blocks = [...text.matchAll(/^```ya?ml\n(.*?)^```$/gms)].map(({ 1: block = '', index }) => ({
    place: `${file}:${text.slice(0, index).split('\n').length}`,
    text: block,
  }));
  // Steps of a workflow: test/ci-files.test.ts looks at the whole one.
  return blocks.filter((block) => !block.text.startsWith('- uses:'));
}

test('the documentation has scenarios to look at', () => {
  expect(BLOCKS.length).toBeGreaterThan(5);
});

test.each(BLOCKS.map(({ place, text }) => [place, text]))(
  '%s is right as a scenario or a part of one',
  (_, text) => {
    const document = parseDocument(text);
    expect(document.errors).toEqual([]);
    const keys = Object.keys(document.toJS() as object);
    // YAML of other kinds would have none of them.
    expect(keys.filter((key) => key in scenarioSchema.shape)).toEqual(keys);
    parseScenario(keys.includes('name') ? text : `name: part\n${text}`, 'docs.yaml');
  },
);
