import { z } from 'zod';

const judgedSchema = z.object({
  verdict: z.object({ reasons: z.array(z.object({ id: z.string(), message: z.string() })) }),
});

const HOW = /^the target (.+?)(?:; its last output: (.*))?$/su;

/** Version 1 told how the target died in the words of a reason alone. */
export function withTargetDeath(cell: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const reasons = judgedSchema.safeParse(cell).data?.verdict.reasons ?? [];
  const message = reasons.find(({ id }) => id === 'target-died')?.message;
  const [, how, output] = HOW.exec(message ?? '') ?? [];
  if (how === undefined) return cell;
  return { ...cell, targetDeath: { how, lastOutput: output?.split(' ⏎ ') ?? [] } };
}
