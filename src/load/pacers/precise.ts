import type { Clock } from '../../kernel/clock.js';
import type { Pacer } from './pacer.js';

/** Timers are up to this late, so the last stretch before a deadline is spun. */
const TIMER_SLACK_US = 2000;

/** A turn of the event loop that took more than so many of the shortest ones has done some work. */
const MOST_IDLE_TURNS = 4;

/** Spins through the event loop before each deadline: microseconds late, at the price of a core. */
export function precisePacer(clock: Clock): Pacer {
  let timer: NodeJS.Timeout | undefined;
  let turn: NodeJS.Immediate | undefined;
  let deadlineUs = 0;
  let wakeDriver = (): void => {};
  let turnStartUs = 0;
  let shortestTurnUs = Infinity;
  let spunUs = 0;

  const spin = (): void => {
    const nowUs = clock.nowUs();
    const turnUs = nowUs - turnStartUs;
    turnStartUs = nowUs;
    if (turnUs < shortestTurnUs) shortestTurnUs = turnUs;
    if (turnUs < MOST_IDLE_TURNS * shortestTurnUs) spunUs += turnUs;
    if (nowUs >= deadlineUs) wakeDriver();
    else turn = setImmediate(spin);
  };
  const startToSpin = (): void => {
    turnStartUs = clock.nowUs();
    turn = setImmediate(spin);
  };
  return {
    get spunUs() {
      return spunUs;
    },
    wakeAt(atUs, wake) {
      deadlineUs = atUs;
      wakeDriver = wake;
      const restUs = atUs - clock.nowUs();
      if (restUs > TIMER_SLACK_US) {
        timer = setTimeout(startToSpin, Math.floor((restUs - TIMER_SLACK_US) / 1000));
        return;
      }
      // Even when it is due already: the event loop must turn between two wakes, or answers go unread.
      startToSpin();
    },
    stop() {
      clearTimeout(timer);
      clearImmediate(turn);
    },
  };
}
