import { inRounds } from '../context.js';
import { Figures } from '../render.js';
import { CPU_RATES, MISSED, estimateSteady, isMissed, steady } from './steady.js';

const RATES = [...CPU_RATES, 40_000];
const REFERENCE = 'bench precise';

/** @type {import('../context.js').Measurement} */
export const rateError = {
  estimateSeconds: (context) => estimateSteady(context, RATES),
  measure: async (context) => {
    const errors = new Figures();
    for (const rate of RATES)
      await inRounds(context, async (client, round) => {
        if (!client.holdsRate) return;
        const figures = await steady(context, client, rate, round);
        if (figures)
          errors.add(rate, client.name, (Math.abs(figures.arrivals.ratePerSecond - rate) / rate) * 100);
        if (figures && isMissed(figures, rate)) errors.mark(rate, client.name);
      });
    return {
      title: 'Error of the achieved rate, %',
      text: `|rate of the arrivals at the server − rate asked for| / rate asked for, from one second after the first arrival to the last. The rate of the arrivals is the slope of their count over time (least squares), which bursts do not distort. Compared with \`${REFERENCE}\`. ${MISSED}`,
      header: ['', ...RATES.map((rate) => `at ${rate.toLocaleString('en')}/s`)],
      rows: context.clients
        .filter(({ holdsRate }) => holdsRate)
        .map(({ name }) => [
          name,
          ...RATES.map((rate) => errors.compared(rate, name, errors.of(rate, REFERENCE))),
        ]),
    };
  },
};
