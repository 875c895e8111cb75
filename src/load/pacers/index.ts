import type { Clock } from '../../kernel/clock.js';
import type { Alarm } from './alarm.js';
import type { Pacer } from './pacer.js';
import { precisePacer } from './precise.js';
import { relaxedPacer } from './relaxed.js';

export const pacers = {
  precise: precisePacer,
  relaxed: relaxedPacer,
} satisfies Record<string, (clock: Clock, alarm: Alarm) => Pacer>;
