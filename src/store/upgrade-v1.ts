import { isObject, type StoredObject } from './stored-object.js';
import { upgradeGauges, upgradeSamples } from './upgrade-gauges.js';

/** What version 2 says otherwise of a cell. */
const CELL_STEPS: readonly ((cell: StoredObject) => StoredObject)[] = [upgradeGauges];
/** The same of the file with a cell's resource samples. */
const SAMPLES_STEPS: readonly ((file: StoredObject) => StoredObject)[] = [upgradeSamples];

/**
 * A file of a results directory of version 1 (results.json, a cell's file, the file of its samples) as version 2 would
 * have it. What is damaged stays so: its schema says what is wrong.
 */
export function upgradeV1(content: StoredObject): StoredObject {
  const upgraded = { ...content, schemaVersion: 2 };
  if (Array.isArray(content['cells']))
    return { ...upgraded, cells: content['cells'].map((cell: unknown) => applied(CELL_STEPS, cell)) };
  return applied(Array.isArray(content['samples']) ? SAMPLES_STEPS : CELL_STEPS, upgraded);
}

function applied<T>(steps: readonly ((part: StoredObject) => StoredObject)[], part: T): T | StoredObject {
  if (!isObject(part)) return part;
  return steps.reduce<StoredObject>((before, step) => step(before), part);
}
