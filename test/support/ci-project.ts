import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Sandbox } from './sandbox.js';

/** A repository with a main branch and a pull request, as a CI job has checked it out. */
export interface CiProject {
  readonly folder: string;
  /** The commit that the pull request leaves the main branch at; main has gone on since. */
  readonly mergeBase: string;
  readonly main: string;
  readonly head: string;
  readonly environment: NodeJS.ProcessEnv;
  /** What programs were asked that would have gone to the network. */
  asked(): string;
}

const TAKES = /TAKES_MS = \d+/;

/** The operation of the base takes 4 ms, that of the pull request `takesMs`. */
export function ciProject(sandbox: Sandbox, takesMs: number): CiProject {
  const folder = join(sandbox.folder, 'project');
  mkdirSync(join(folder, 'bench'), { recursive: true });
  cpSync('test/fixtures/ci/server.js', join(folder, 'server.js'));
  cpSync('test/fixtures/ci/scenario.yaml', join(folder, 'bench/scenario.yaml'));
  writeFileSync(join(folder, 'package.json'), '{"name":"ci","type":"module","private":true}\n');
  writeFileSync(join(folder, '.gitignore'), 'node_modules\nbench-ab\n');
  const environment = { ...process.env, ...gitAlone(sandbox), PATH: `${standIns(sandbox)}:${process.env['PATH']}` };
  const git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: folder, env: environment, encoding: 'utf8' }).trim();
  const commit = (message: string): string => {
    git('add', '.');
    git('commit', '-q', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  git('init', '-q', '-b', 'main');
  const mergeBase = commit('An API');
  git('checkout', '-q', '-b', 'change');
  const server = readFileSync(join(folder, 'server.js'), 'utf8');
  writeFileSync(join(folder, 'server.js'), server.replace(TAKES, `TAKES_MS = ${takesMs}`));
  const head = commit('A change');
  git('checkout', '-q', 'main');
  writeFileSync(join(folder, 'README.md'), 'what others have done since\n');
  const main = commit('Something else');
  git('checkout', '-q', '--detach', head);
  const log = join(sandbox.folder, 'asked.log');
  return { folder, mergeBase, main, head, environment, asked: () => readFileSync(log, 'utf8') };
}

/** No configuration of the machine's. */
function gitAlone(sandbox: Sandbox): NodeJS.ProcessEnv {
  const name = { GIT_AUTHOR_NAME: 'ci', GIT_COMMITTER_NAME: 'ci' };
  const mail = { GIT_AUTHOR_EMAIL: 'ci@example.com', GIT_COMMITTER_EMAIL: 'ci@example.com' };
  return {
    ...{ ...name, ...mail, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', NO_COLOR: '1' },
    ...{ BENCH_E2E: sandbox.mark, TMPDIR: join(sandbox.folder, 'tmp'), XDG_CACHE_HOME: join(sandbox.folder, 'cache') },
  };
}

/** `npm ci` puts this checkout where the package would be; what would speak to a forge writes down what it was asked. */
function standIns(sandbox: Sandbox): string {
  const folder = join(sandbox.folder, 'bin');
  mkdirSync(folder);
  const log = join(sandbox.folder, 'asked.log');
  writeFileSync(log, '');
  const npm = `test "$*" = ci && mkdir -p node_modules && ln -sfn ${resolve('.')} node_modules/openapi-bench`;
  const npx = `test "$1" = bench && shift && exec ${process.execPath} ${resolve('bin/bench.js')} "$@"`;
  const note = `echo "$(basename "$0") $*" >>${log}; for word in "$@"; do case "$word" in *body*@*) cat "\${word#*@}" >>${log};; esac; done`;
  for (const [name, script] of Object.entries({ npm, npx, gh: note, curl: note }))
    writeFileSync(join(folder, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  return folder;
}
