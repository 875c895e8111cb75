import { readFileSync } from 'node:fs';
import {
  convertActionTemplate,
  NoOperationTraceWriter,
  parseAction,
  parseWorkflow,
} from '@actions/workflow-parser';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const trace = new NoOperationTraceWriter();
const read = (name: string): { name: string; content: string } => ({ name, content: readFileSync(name, 'utf8') });

/** Actions of others: what they are at the commit that is named. */
const KNOWN: Readonly<Record<string, string>> = {
  'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683': 'v4.2.2',
  'actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020': 'v4.4.0',
  'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02': 'v4.6.2',
};

describe('the files for GitHub', () => {
  it('are a workflow and an action by GitHub’s own parser', () => {
    const workflow = parseWorkflow(read('docs/ci/github.yml'), trace);
    expect(workflow.context.errors.getErrors()).toEqual([]);
    const action = parseAction(read('action.yml'), trace);
    convertActionTemplate(action.context, action.value!);
    expect(action.context.errors.getErrors()).toEqual([]);
  });

  it('would not pass with a key or an expression that GitHub does not know', () => {
    const { name, content } = read('docs/ci/github.yml');
    const complaints = (text: string): number =>
      parseWorkflow({ name, content: text }, trace).context.errors.count;
    expect(complaints(content.replace('timeout-minutes', 'timeout'))).toBeGreaterThan(0);
    expect(complaints(content.replace('github.event', 'gibthu.event'))).toBeGreaterThan(0);
  });

  it.each(['docs/ci/github.yml', 'action.yml'])('%s uses nothing of others but at a known commit', (name) => {
    const lines = read(name).content.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const [, used = '', version] = /uses: (\S+)(?: # (\S+))?$/.exec(line) ?? [];
      if (!used.startsWith('./')) expect(KNOWN[used], used).toBe(version);
    }
  });

  it('takes no value into a script that somebody else may have written', () => {
    const { runs } = parse(read('action.yml').content) as { runs: { steps: readonly { run?: string }[] } };
    const scripts = runs.steps.flatMap(({ run }) => run ?? []);
    expect(scripts.length).toBeGreaterThan(2);
    for (const script of scripts) expect(script).not.toContain('${{');
  });
});
