import { spawnSync } from 'node:child_process';

const CHRT = 'chrt';

/** Whether `--realtime` may be used here. */
export function mayRunInRealTime(): boolean {
  return spawnSync(CHRT, ['--rr', '1', 'true']).status === 0;
}
