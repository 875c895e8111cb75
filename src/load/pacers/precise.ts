import type { Clock } from '../../kernel/clock.js';
import type { Pacer } from './pacer.js';

/** Timers are up to this late, so the last stretch before a deadline is spun. */
const TIMER_SLACK_US = 2000;

/** Spins through the event loop before each deadline: microseconds late, at the price of a core. */
export function precisePacer(clock: Clock): Pacer {
  let timer: NodeJS.Timeout | undefined;
  let turn: NodeJS.Immediate | undefined;
  return {
    spins: true,
    wakeAt(atUs, wake) {
      const spin = (): void => {
        if (clock.nowUs() >= atUs) wake();
        else turn = setImmediate(spin);
      };
      const restUs = atUs - clock.nowUs();
      if (restUs > TIMER_SLACK_US) timer = setTimeout(spin, Math.floor((restUs - TIMER_SLACK_US) / 1000));
      // Even when it is due already: the event loop must turn between two wakes, or answers go unread.
      else turn = setImmediate(spin);
    },
    stop() {
      clearTimeout(timer);
      clearImmediate(turn);
    },
  };
}
