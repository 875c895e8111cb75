import { basename, relative } from 'node:path';
import { shellWords } from '../report/rerun-words.js';

/** How bench was started, so that a command that it prints can be pasted: `bench`, `npx bench`, `node bin/bench.js`. */
export function programWords(script: string, env: Readonly<Record<string, string | undefined>>): string {
  // npx and npm exec say so to what they start.
  if (env['npm_command'] === 'exec') return 'npx bench';
  if (basename(script) === 'bench') return 'bench';
  return shellWords(['node', relative(process.cwd(), script)]);
}
