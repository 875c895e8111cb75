import { inRounds } from '../context.js';
import { Figures } from '../render.js';
import { CPU_RATES, MISSED, estimateSteady, isMissed, steady } from './steady.js';

const REFERENCE = 'bench relaxed';

/** @type {import('../context.js').Measurement} */
export const cpuPerRequest = {
  estimateSeconds: (context) => estimateSteady(context, CPU_RATES),
  measure: async (context) => {
    const all = new Figures();
    for (const rate of CPU_RATES)
      await inRounds(context, async (client, round) => {
        if (!client.holdsRate) return;
        const figures = await steady(context, client, rate, round);
        const microseconds = figures?.cpuUsPerRequest ?? null;
        if (figures && microseconds !== null) all.add(rate, client.name, microseconds);
        if (figures && isMissed(figures, rate)) all.mark(rate, client.name);
      });
    return {
      title: 'CPU of the generator, µs per request',
      text: `User and system time of all its processes, from one second after its first request until half a second before its end, divided by the requests that the server counted meanwhile; so starting and reporting are not in it. \`precise\` pacing spins, and takes all of its core at any rate. Compared with \`${REFERENCE}\`. ${MISSED}`,
      header: ['', ...CPU_RATES.map((rate) => `at ${rate.toLocaleString('en')}/s`)],
      rows: context.clients
        .filter(({ holdsRate }) => holdsRate)
        .map(({ name }) => [
          name,
          ...CPU_RATES.map((rate) => all.compared(rate, name, all.of(rate, REFERENCE))),
        ]),
    };
  },
};
