import { isObject } from '../../kernel/is-object.js';
import type { StoredObject } from '../stored-object.js';

/** Version 1 knew CPU and memory of the target alone, each under keys of its own. */
export function upgradeGauges(cell: StoredObject): StoredObject {
  const { resources, resourcesMissing, ...rest } = cell;
  // What is damaged keeps its old keys, and its schema says which ones are missing.
  if (resources !== null && !isObject(resources)) return cell;
  return {
    ...rest,
    gauges: resources === null ? {} : gaugesOf(resources),
    cpuMsPerRequest: resources === null ? null : resources['cpuMsPerRequest'],
    ...(resourcesMissing === undefined
      ? {}
      : { gaugesMissing: { 'target.cpu': resourcesMissing, 'target.memory': resourcesMissing } }),
    ...(Array.isArray(rest['series']) ? { series: rest['series'].map(upgradedSecond) } : {}),
  };
}

function gaugesOf(resources: StoredObject): StoredObject {
  const { cpuPercent, memoryBytes, pssBytes, processes, samples } = resources;
  const part = (value: unknown): StoredObject => (isObject(value) ? value : {});
  return {
    'target.cpu': { title: 'CPU', unit: '%', growthPerMinute: null, samples, ...part(cpuPercent) },
    'target.memory': { title: 'Memory', unit: 'bytes', samples, ...part(memoryBytes) },
    ...(isObject(pssBytes)
      ? { 'target.memory.pss': { title: 'Memory (PSS)', unit: 'bytes', growthPerMinute: null, ...pssBytes } }
      : {}),
    // Of their number the highest alone was kept.
    'target.processes': {
      ...{ title: 'Processes', unit: '', mean: null, max: processes, growthPerMinute: null, samples },
    },
  };
}

function upgradedSecond(second: unknown): unknown {
  if (!isObject(second)) return second;
  const { cpuPercent, memoryBytes, ...rest } = second;
  return { ...rest, gauges: { 'target.cpu': cpuPercent, 'target.memory': memoryBytes } };
}

/** The file of a cell's samples. */
export function upgradeSamples(file: StoredObject): StoredObject {
  const { samples } = file;
  return Array.isArray(samples) ? { ...file, samples: samples.map(upgradedSample) } : file;
}

function upgradedSample(sample: unknown): unknown {
  if (!isObject(sample)) return sample;
  const { cpuPercent, memoryBytes, processes, ...rest } = sample;
  return {
    ...rest,
    values: { 'target.cpu': cpuPercent, 'target.memory': memoryBytes, 'target.processes': processes },
  };
}
