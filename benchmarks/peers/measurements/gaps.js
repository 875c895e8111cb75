import { inRounds } from '../context.js';
import { Figures } from '../render.js';
import { MISSED, estimateSteady, isMissed, steady } from './steady.js';

const RATE = 10_000;
const REFERENCE = 'bench precise';
const OFF_SCHEDULE = 'off schedule, p99';
const COLUMNS = ['p50', 'p99', 'max', OFF_SCHEDULE];

/** @type {import('../context.js').Measurement} */
export const gaps = {
  estimateSeconds: (context) => estimateSteady(context, [RATE]),
  measure: async (context) => {
    const errors = new Figures();
    await inRounds(context, async (client, round) => {
      if (!client.holdsRate) return;
      const figures = await steady(context, client, RATE, round);
      if (!figures || figures.arrivals.keptCount === 0) return;
      const { gapErrorUs, offScheduleP99Us } = figures.arrivals;
      for (const [column, value] of Object.entries({ ...gapErrorUs, [OFF_SCHEDULE]: offScheduleP99Us })) {
        errors.add(column, client.name, value);
        if (isMissed(figures, RATE)) errors.mark(column, client.name);
      }
    });
    return {
      title: 'Error of the gaps between requests, µs',
      text: `|gap − ${1e6 / RATE} µs| between arrivals at the server, at ${RATE.toLocaleString('en')}/s, from one second after the first arrival. *Off schedule*: how far arrivals are from an even schedule with the same middle; within a burst every gap is only one planned gap too short, so gaps alone do not show it. Compared with \`${REFERENCE}\`. ${MISSED}`,
      header: ['', ...COLUMNS],
      rows: context.clients
        .filter(({ holdsRate }) => holdsRate)
        .map(({ name }) => [
          name,
          ...COLUMNS.map((column) => errors.compared(column, name, errors.of(column, REFERENCE))),
        ]),
    };
  },
};
