import { bodyModeSchema, MOST_VARIANTS } from '../model/config/operation-rules.js';
import type { RunConfig } from '../model/config/run-config.js';
import type { Scenario } from '../model/config/scenario.js';
import type { FlagReader, RunFlags } from './flag-reader.js';

/** How requests are made of the document: `--body`, `--variants`, and what the scenario says of operations. */
export function resolveRequests(
  read: FlagReader,
  flags: RunFlags,
  scenario: Scenario,
): Pick<RunConfig, 'bodyMode' | 'variants' | 'operations'> {
  const limits = { least: 1, most: MOST_VARIANTS, whole: true };
  return {
    bodyMode: resolveBodyMode(read, flags) ?? scenario.body ?? 'default',
    variants: read.number('variants', flags.variants, limits) ?? scenario.variants ?? 10,
    operations: scenario.operations,
  };
}

function resolveBodyMode(
  read: FlagReader,
  { body: text, request }: RunFlags,
): RunConfig['bodyMode'] | undefined {
  // Then it is the body itself.
  if (text === undefined || request !== undefined) return undefined;
  const mode = bodyModeSchema.safeParse(text);
  if (mode.success) return mode.data;
  read.complain('body', "required, default or full (a body itself goes with --request 'POST /path')", text);
  return undefined;
}
