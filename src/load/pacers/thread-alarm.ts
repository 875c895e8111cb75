import { Worker } from 'node:worker_threads';
import type { Alarm } from './alarm.js';

/**
 * The memory shared with the alarm's thread: a counter of what has been set, for waiting on; the instant
 * that was set last; and until when the thread sleeps, in microseconds.
 */
export interface AlarmMemory {
  readonly turns: Int32Array;
  readonly instantUs: Float64Array;
  readonly sleepsUntilUs: Float64Array;
}

export function alarmMemory(buffer: SharedArrayBuffer = new SharedArrayBuffer(24)): AlarmMemory {
  return {
    turns: new Int32Array(buffer, 0, 1),
    instantUs: new Float64Array(buffer, 8, 1),
    sleepsUntilUs: new Float64Array(buffer, 16, 1),
  };
}

/** An alarm in a thread of its own, which sleeps exactly and costs no spinning. `program` is its file. */
export function threadAlarm(program: URL): Alarm {
  const memory = alarmMemory();
  const thread = new Worker(program, { workerData: memory.turns.buffer });
  let turn = 0;
  let ring: (() => void) | undefined;
  thread.on('message', (rungTurn: number) => {
    if (rungTurn !== turn) return;
    const ringNow = ring;
    ring = undefined;
    ringNow?.();
  });
  thread.on('error', (error) => {
    throw error;
  });
  // What waits for an alarm keeps the process alive by itself.
  thread.unref();
  return {
    set(atUs, callback) {
      ring = callback;
      memory.instantUs[0] = atUs;
      turn = (Atomics.add(memory.turns, 0, 1) + 1) | 0;
      // Waking the thread costs two switches of the core; one that will look before the instant need not.
      if (atUs < (memory.sleepsUntilUs[0] as number)) Atomics.notify(memory.turns, 0);
    },
    clear() {
      ring = undefined;
    },
  };
}
