import type { RunFlags } from '../../config/flag-reader.js';
import { EMBEDDED_SCENARIO, readScenario, type LoadedScenario } from '../../config/read-scenario.js';
import { resolveRunConfig, type Purpose } from '../../config/resolve-run-config.js';
import { freeFiles } from '../../observe/describe-machine.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { scenarioSchema } from '../../model/config/scenario.js';

/** The configuration behind the flags of run, list or serve. */
export async function resolveFlags(flags: RunFlags, purpose: Purpose = 'load'): Promise<RunConfig> {
  const machine = { freeFiles: await freeFiles(), environment: process.env };
  return resolveRunConfig(flags, await scenarioFor(flags), machine, purpose);
}

/** What the flags are about. A server of the user's own has nothing to do with the embedded scenario. */
export async function scenarioFor({ scenario, url, command, spec }: RunFlags): Promise<LoadedScenario> {
  if (scenario !== undefined) return readScenario(scenario);
  const isOwn = url !== undefined || command !== undefined || spec !== undefined;
  if (!isOwn) return readScenario(EMBEDDED_SCENARIO);
  return { scenario: scenarioSchema.parse({ name: 'custom' }), folder: process.cwd() };
}
