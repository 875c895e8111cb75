import { z } from 'zod';
import { plural } from '../../kernel/format.js';

/** What a cell loads: one operation, or a mixture of several. */
export const subjectSchema = z.object({
  id: z.string().describe('of the operation; of several: mixture'),
  operations: z
    .array(
      z.object({
        id: z.string(),
        method: z.string(),
        path: z.string(),
        weight: z.number().positive().describe('its part of the requests, to those of the others'),
        tags: z.array(z.string()).optional().describe('in the document; left out = none'),
      }),
    )
    .min(1),
});
export type Subject = z.infer<typeof subjectSchema>;

/** What is asked for, in words: of a mixture no method, and how many operations it has. */
export function askedOf({ id, operations }: Subject): { id: string; method: string; path: string } {
  const [only, ...others] = operations;
  if (only !== undefined && others.length === 0) return { id, method: only.method, path: only.path };
  return { id, method: '', path: plural(operations.length, 'operation') };
}

/** `GET /items/{id}`, `3 operations`. */
export function requestWords(subject: Subject): string {
  const { method, path } = askedOf(subject);
  return `${method} ${path}`.trimStart();
}

/** The same for two subjects that ask for the same, whatever their operations are called. */
export function subjectKey({ operations }: Subject): string {
  const total = operations.reduce((sum, { weight }) => sum + weight, 0);
  const share = (weight: number): number => Number((weight / total).toPrecision(SHARE_DIGITS));
  return JSON.stringify(operations.map(({ method, path, weight }) => [method, path, share(weight)]));
}

/** Weights of 9 and 1 are the same as of 90 and 10. */
const SHARE_DIGITS = 9;
