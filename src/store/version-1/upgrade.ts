import { durationMsOf, loadSchema, plannedRps } from '../../model/loads/index.js';
import { isObject } from '../../kernel/is-object.js';
import type { StoredObject } from '../stored-object.js';
import { upgradeGauges, upgradeSamples } from './gauges.js';
import { withTargetDeath } from './target-death.js';

/** What version 2 says otherwise of a cell. */
const CELL_STEPS: readonly ((cell: StoredObject) => StoredObject)[] = [
  withSubject,
  withWindow,
  withTargetDeath,
  upgradeGauges,
];
/** The same of the file with a cell's resource samples. */
const SAMPLES_STEPS: readonly ((file: StoredObject) => StoredObject)[] = [upgradeSamples];

/**
 * A file of a results directory of version 1 (results.json, a cell's file, the file of its samples) as version 2 would
 * have it. What is damaged stays so: its schema says what is wrong.
 */
export function upgradeV1(content: StoredObject): StoredObject {
  const upgraded = { ...content, schemaVersion: 2 };
  if (Array.isArray(content['cells'])) {
    const cells = content['cells'].map((cell: unknown) => applied(CELL_STEPS, cell));
    return { ...upgraded, cells, config: withLoads(content['config']) };
  }
  return applied(Array.isArray(content['samples']) ? SAMPLES_STEPS : CELL_STEPS, upgraded);
}

/** Comparisons name keys of the configuration: `plans` are the loads. */
function withLoads(config: unknown): unknown {
  if (!isObject(config) || config['plans'] === undefined) return config;
  const { plans, ...rest } = config;
  return { ...rest, loads: plans };
}

/** A cell of version 1 loads one operation. */
function withSubject({ operation, ...cell }: StoredObject): StoredObject {
  if (!isObject(operation)) return cell;
  return { ...cell, subject: { id: operation['id'], operations: [{ ...operation, weight: 1 }] } };
}

/** Version 1 left it to the reader to work the window out from the load. */
function withWindow(cell: StoredObject): StoredObject {
  const load = loadSchema.safeParse(cell['load']).data;
  const counts = isObject(cell['counts']) ? cell['counts'] : {};
  const planned = counts['planned'];
  if (load === undefined || typeof planned !== 'number') return cell;
  return { ...cell, window: { durationMs: durationMsOf(load), plannedRps: plannedRps(load, planned) } };
}

function applied<T>(steps: readonly ((part: StoredObject) => StoredObject)[], part: T): T | StoredObject {
  if (!isObject(part)) return part;
  return steps.reduce<StoredObject>((before, step) => step(before), part);
}
