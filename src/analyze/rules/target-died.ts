import type { JudgedRun } from '../../model/results/judged-run.js';
import type { CellRule } from '../cell-rule.js';
import { logOf } from '../failure-remedies.js';

/** Not INVALID: the generator did its part. */
export const targetDied: CellRule = {
  id: 'target-died',
  state: 'SUSPECT',
  explain({ targetDeath }, run) {
    if (targetDeath === undefined) return undefined;
    const { how, lastOutput } = targetDeath;
    const said = lastOutput.length === 0 ? '' : `; its last output: ${lastOutput.join(' ⏎ ')}`;
    return { message: `the target ${how}${said}`, remedy: remedyFor(how, run) };
  },
};

const OUT_OF_MEMORY =
  'most often the system does so for lack of memory: look for the process in `sudo dmesg | grep -i "killed process"`, see the memory of this cell, and give the target more or lower --rates';

function remedyFor(how: string, run: JudgedRun): string {
  const log = logOf(run);
  if (how === 'lost its supervisor')
    return "another program killed bench's own process beside the target: repeat the run, and look for it with `sudo dmesg` if it happens again";
  if (!run.isTargetStarted)
    return `how it ended is not known, since bench did not start it: look at the end of ${log}, and at what runs it. Killed without a word, ${OUT_OF_MEMORY}`;
  if (how.includes('killed for memory'))
    return 'the memory of its resource case is the limit here: give the case more, or read the figures as what this much memory comes to';
  switch (signalOf(how)) {
    case undefined:
      return `it ended by itself: the end of ${log} says why (an exception that nobody caught, a call to exit). If it says nothing, start it with \`bench serve\` and send the same requests`;
    case 'SIGKILL':
      return `something killed it: ${OUT_OF_MEMORY}`;
    case 'SIGTERM':
    case 'SIGINT':
    case 'SIGHUP':
      return `another program ended it (a process manager, a watcher of files, a limit of its container): look at the end of ${log}`;
    default:
      return `it crashed in native code: look at the end of ${log} and at native modules; \`coredumpctl info\` shows where, on systems that have it`;
  }
}

/** A shell that ran it says 128 and the number of the signal. */
const BY_CODE: Readonly<Record<string, string>> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  134: 'SIGABRT',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

function signalOf(how: string): string | undefined {
  const [, code = ''] = /^exited with code (\d+)$/.exec(how) ?? [];
  return /\bSIG[A-Z0-9]+/.exec(how)?.[0] ?? BY_CODE[code];
}
