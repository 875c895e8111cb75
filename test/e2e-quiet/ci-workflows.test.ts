import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect } from 'vitest';
import { ciProject, type CiProject } from '../support/ci-project.js';
import { mayRunInRealTime } from '../support/real-time.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { ended, WorkflowRunner, type Step } from '../support/workflow-runner.js';

/** Short enough for a test; what differs here is three times as slow. */
const SHORT = `--rates 50 --duration 1s --warmup 0s --port auto${mayRunInRealTime() ? ' --realtime' : ''}`;
const TAKES_LONGER_MS = 12;

function shortened(text: string, repeats: number): string {
  const short = text.replace('--rates 100 --duration 10s', `${SHORT} --repeats ${repeats}`);
  expect(short).not.toBe(text);
  return short;
}

function githubOf({ head, main }: CiProject) {
  return {
    sha: 'a merge commit that nobody has checked out',
    token: 'a-token',
    event: { pull_request: { number: 7, head: { sha: head }, base: { sha: main } } },
  };
}

describe('the workflow for GitHub', () => {
  test('fails a pull request that makes an operation slower, step by step, and says so', async ({
    sandbox,
  }) => {
    const project = ciProject(sandbox, TAKES_LONGER_MS);
    const workflow = parse(shortened(readFileSync('docs/ci/github.yml', 'utf8'), 3)) as {
      readonly jobs: { readonly compare: { readonly steps: readonly Step[] } };
    };
    const environment = { ...project.environment, GITHUB_REPOSITORY: 'some/api' };
    const runner = new WorkflowRunner(project.folder, githubOf(project), environment);
    const isFine = await runner.job(workflow.jobs.compare.steps);
    const log = runner.ran.map(({ output }) => output).join('\n');
    expect(
      runner.ran.map(({ name, state }) => [name, state]),
      log,
    ).toEqual([
      ['actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683', 'foreign'],
      ['actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020', 'foreign'],
      ['npm ci', 'success'],
      ['Build bench', 'success'],
      ['Find the revisions', 'success'],
      ['Measure both in alternation, and compare', 'failure'],
      ['Comment on the pull request', 'success'],
      ['actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02', 'foreign'],
    ]);
    expect(isFine).toBe(false);
    expect(log).toMatch(/^::error title=REGRESSED%3A list_items 50\/s%2C 1 worker::/m);
    const markdown = readFileSync(join(project.folder, 'bench-ab/compare.md'), 'utf8');
    expect(markdown).toMatch(/^\*\*The one cell is REGRESSED\.\*\*/);
    expect(readFileSync(runner.summary, 'utf8')).toMatch(/^\*\*The one cell is REGRESSED\.\*\*/);
    expect(project.asked()).toContain('gh api --silent repos/some/api/issues/7/comments --field body=@');
    expect(project.asked()).toContain(`<!-- openapi-bench bench-ab -->\n${markdown}`);
    // With the commit that both have in common, not with what others have done since.
    expect(markdown).toContain(project.mergeBase.slice(0, 7));
    expect(markdown).not.toContain(project.main.slice(0, 7));
    for (const name of ['compare.html', 'compare-junit.xml'])
      expect(existsSync(join(project.folder, 'bench-ab', name))).toBe(true);
  });
});

describe('the job for GitLab', () => {
  test('passes a merge request that makes nothing slower, and posts the comparison', async ({ sandbox }) => {
    const project = ciProject(sandbox, 4);
    const { benchmark } = parse(shortened(readFileSync('docs/ci/gitlab.yml', 'utf8'), 1)) as {
      readonly benchmark: { readonly script: readonly string[]; readonly after_script: readonly string[] };
    };
    const env = {
      ...project.environment,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: project.mergeBase,
      CI_COMMIT_SHA: project.head,
      BENCH_COMMENT_TOKEN: 'a-token',
      ...{ CI_API_V4_URL: 'https://gitlab.example/api/v4', CI_PROJECT_ID: '3', CI_MERGE_REQUEST_IID: '7' },
    };
    const shell = (lines: readonly string[]): ReturnType<typeof ended> =>
      ended('bash', ['-eo', 'pipefail', '-c', lines.join('\n')], { cwd: project.folder, env });
    const { code, text } = await shell(benchmark.script);
    // A machine that is too busy to measure is no reason to fail.
    expect([0, 4], text).toContain(code);
    expect((await shell(benchmark.after_script)).code).toBe(0);
    expect(project.asked()).toContain('https://gitlab.example/api/v4/projects/3/merge_requests/7/notes');
    expect(project.asked()).toContain(readFileSync(join(project.folder, 'bench-ab/compare.md'), 'utf8'));
    expect(existsSync(join(project.folder, 'bench-ab/compare-junit.xml'))).toBe(true);
  });
});
