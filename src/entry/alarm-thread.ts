/*
 * The program of an alarm's thread: sleeps on shared memory until the instant that was set, then sends
 * one message. A futex wakes within about 0.1 ms; the event loop's timers are up to 1 ms late.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../kernel/clock.js';
import { alarmMemory } from '../load/pacers/thread-alarm.js';

const { turns, instantUs } = alarmMemory(workerData as SharedArrayBuffer);

let rung = 0;
for (;;) {
  const turn = Atomics.load(turns, 0);
  const restMs = turn === rung ? Infinity : ((instantUs[0] as number) - systemClock.nowUs()) / 1000;
  if (restMs > 0) {
    // Ends early when another instant is set meanwhile.
    Atomics.wait(turns, 0, turn, restMs);
  } else {
    rung = turn;
    parentPort?.postMessage(turn);
  }
}
