import { z } from 'zod';

/** What of a run decides which reasons and which advice are true. */
export interface JudgedRun {
  /** Whether bench started the target, so that its output is in the results directory. */
  readonly isTargetStarted: boolean;
  /** Of a request, counted from when it is due. */
  readonly timeoutMs: number;
}

const configSchema = z.object({ target: z.object({ kind: z.string() }), timeoutMs: z.number() });

/** From the configuration as it is stored; `undefined` when that does not say. */
export function judgedRunOf(config: Readonly<Record<string, unknown>> | undefined): JudgedRun | undefined {
  const { data } = configSchema.safeParse(config);
  return data && { isTargetStarted: data.target.kind === 'command', timeoutMs: data.timeoutMs };
}
