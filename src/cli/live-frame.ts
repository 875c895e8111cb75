import { systemClock } from '../kernel/clock.js';
import type { LiveOptions } from '../report/terminal/render-live.js';
import { speaksUnicode, WIDTH_WITHOUT_TERMINAL, type Terminal } from './terminal.js';

export function nowMs(): number {
  return systemClock.nowUs() / 1000;
}

/** How live lines are drawn on this terminal, now. */
export function liveOptions(terminal: Terminal): LiveOptions {
  return {
    // The last column stays free: what is written there makes some terminals break the line. A
    // pseudo-terminal whose size nobody has set says 0.
    width: (process.stderr.columns || WIDTH_WITHOUT_TERMINAL) - 1,
    color: terminal.paint.level > 0,
    isUnicode: speaksUnicode(process.env),
    nowMs: nowMs(),
  };
}
