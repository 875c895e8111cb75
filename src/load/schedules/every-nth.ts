import type { Schedule } from '../../model/loads/schedule.js';

/** One generator's share of a schedule: every request whose index is `first` modulo `of`, none lost. */
export function everyNth(schedule: Schedule, first: number, of: number): Schedule {
  return {
    planned: Math.max(0, Math.ceil((schedule.planned - first) / of)),
    dueAtUs: (index) => schedule.dueAtUs(first + index * of),
  };
}
