import { reasonOf, UserError } from '../../kernel/errors.js';
import {
  knownScenarios,
  readScenario,
  type KnownScenario,
  type LoadedScenario,
} from '../../config/read-scenario.js';
import { resolveRunConfig } from '../../config/resolve-run-config.js';
import { durationMsOf } from '../../model/loads/index.js';
import type { ListedLoad, ListedScenario } from '../../model/config/listed-scenario.js';
import { planCells } from '../run/plan-cells.js';
import { estimateFacts, RunEstimate } from '../run/run-estimate.js';
import { scenarioNeeds } from './scenario-needs.js';

/** All that `--scenario NAME` finds, what this machine has of what they need, and how long they take. Starts no server. */
export async function listScenarios(): Promise<ListedScenario[]> {
  const listed: ListedScenario[] = [];
  for (const known of await knownScenarios()) listed.push(await listedOf(known));
  return listed;
}

async function listedOf(known: KnownScenario): Promise<ListedScenario> {
  const nothing = { ...known, description: null, needs: [], loads: [] };
  try {
    const loaded = await readScenario(known.file);
    const { description = null } = loaded.scenario;
    const needs = await scenarioNeeds(loaded.scenario);
    return { ...nothing, description, needs, loads: loadsOf(loaded), problem: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...nothing, problem: reasonOf(error) };
  }
}

function loadsOf(loaded: LoadedScenario): ListedLoad[] {
  const { profiles } = loaded.scenario;
  const own = listedLoad(loaded, null, null);
  return [
    own,
    ...Object.entries(profiles).map(([name, { description }]) =>
      listedLoad(loaded, name, description ?? null),
    ),
  ];
}

const ANY = { id: 'any', method: 'GET', path: '/', tags: [] };

/** Of one operation, or of all together where the load asks them so. */
function listedLoad(loaded: LoadedScenario, profile: string | null, description: string | null): ListedLoad {
  const flags = profile === null ? {} : { profile };
  const machine = { freeFiles: null, environment: process.env };
  const config = resolveRunConfig(flags, loaded, machine, 'list');
  const cells = planCells(config, [ANY]);
  const isKnown = cells.every(({ load }) => durationMsOf(load) !== null);
  const durationMs = isKnown ? new RunEstimate(cells, estimateFacts(config)).remainingMs(0, false) : null;
  return { profile, description, durationMs, isPerOperation: config.mixture === null };
}
