import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { noiseFloorSchema, type NoiseFloor } from '../model/results/noise-floor.js';
import { writeAtomically } from './atomic-write.js';
import { cacheFolder } from './cache-folder.js';

const fileName = (): string => cacheFolder('noise-floor.json');

/** Keeps what `bench calibrate` has found, so that a comparison of few repeats can use it. Resolves to the file. */
export async function keepNoiseFloor(floor: NoiseFloor): Promise<string> {
  await mkdir(dirname(fileName()), { recursive: true });
  await writeAtomically(fileName(), `${JSON.stringify(floor, null, 2)}\n`);
  return fileName();
}

/**
 * What `bench calibrate` has found last; undefined when it never ran, or by another version of bench. It may be of
 * another machine (`whyOfAnother`).
 */
export async function recallNoiseFloor(): Promise<NoiseFloor | undefined> {
  const text = await readFile(fileName(), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return noiseFloorSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // no JSON: whatever it is, it is not what we wrote
  }
}
