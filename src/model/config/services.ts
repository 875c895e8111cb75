import { z } from 'zod';
import { SERVICE_NAMES } from '../results/service.js';

const name = z.enum(
  SERVICE_NAMES,
  `expected ${SERVICE_NAMES.slice(0, -1).join(', ')} or ${SERVICE_NAMES.at(-1)}`,
);

/** Databases beside the server: a name, or one with the command that fills it. */
export function servicesKey<Command extends z.ZodType>(command: Command) {
  const seeded = z.strictObject({
    name: z
      .literal('postgres', 'expected postgres: the only one that has templates')
      .describe('which database'),
    seed: command.describe(
      'fills the database that DATABASE_URL names, once for a run; each start of the server gets a copy of it',
    ),
  });
  return z
    .array(z.union([name, seeded]))
    .default([])
    .describe(
      'databases that run beside the server: its environment has their URLs as DATABASE_URL and REDIS_URL',
    );
}

/** Programs that a machine must have, beside Node and the services. */
export const needsKey = z
  .array(z.string().regex(/^[\w.+-]+$/, 'expected the name of a program, such as python3'))
  .default([])
  .describe('programs that must be there, such as python3; bench scenarios says whether they are');
