import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ProcessFamily } from '../../src/target/process-family.js';
import { requireProgram } from '../support/optional-programs.js';

/** Its first thread ends, and another one goes on: /proc calls the process a zombie. */
const LOSES_ITS_FIRST_THREAD = `
import ctypes, threading, time
threading.Thread(target=time.sleep, args=(60,)).start()
print('up', flush=True)
ctypes.CDLL(None).pthread_exit(None)
`;

test('a program lives as long as any of its threads', async ({ skip, onTestFinished }) => {
  if (process.platform !== 'linux') skip('needs /proc');
  const python = requireProgram('python3', skip);
  const program = spawn(python, ['-c', LOSES_ITS_FIRST_THREAD], { detached: true });
  const family = new ProcessFamily(program.pid ?? 0);
  onTestFinished(() => family.signal('SIGKILL'));
  await once(program.stdout, 'data');
  await expect.poll(() => stateOf(program.pid)).toBe('Z');
  expect(family.lives()).toBe(true);
  family.signal('SIGKILL');
  await expect.poll(() => family.lives()).toBe(false);
});

function stateOf(pid: number | undefined): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2)[0];
}
