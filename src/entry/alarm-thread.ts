/*
 * The program of an alarm's thread: sleeps on shared memory until the instant that was set, then sends
 * one message. A futex wakes within about 0.03 ms; the event loop's timers are up to 1 ms late.
 */
import { readlinkSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../kernel/clock.js';
import { alarmMemory } from '../load/pacers/thread-alarm.js';

const { turns, instantUs, sleepsUntilUs } = alarmMemory(workerData as SharedArrayBuffer);

sleepExactly();
let rungTurn = 0;
let rungUs = 0;
/** The alarm will be set next for about one gap later: until then nobody needs to wake this thread. */
let guessUs = Infinity;
for (;;) {
  const turn = Atomics.load(turns, 0);
  const isSet = turn !== rungTurn;
  const untilUs = isSet ? (instantUs[0] as number) : guessUs;
  const restMs = (untilUs - systemClock.nowUs()) / 1000;
  if (restMs > 0) {
    sleepsUntilUs[0] = untilUs;
    // Ends early when an earlier instant is set meanwhile.
    Atomics.wait(turns, 0, turn, restMs);
  } else if (isSet) {
    rungTurn = turn;
    guessUs = untilUs + (untilUs - rungUs);
    rungUs = untilUs;
    parentPort?.postMessage(turn);
  } else {
    guessUs = Infinity;
  }
}

/** Linux delays the wake-ups of a thread by 0.05 ms, so as to bundle them, unless told not to. */
function sleepExactly(): void {
  try {
    const thread = readlinkSync('/proc/thread-self').split('/').at(-1) as string;
    writeFileSync(`/proc/${thread}/timerslack_ns`, '1');
  } catch {
    // Not Linux, or not allowed: the wake-ups are that much later, which the send lag shows.
  }
}
