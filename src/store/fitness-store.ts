import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fitnessSchema, type Fitness } from '../model/results/fitness.js';
import { writeAtomically } from './atomic-write.js';
import { cacheFolder } from './cache-folder.js';

const fileName = (): string => cacheFolder('doctor.json');

/** Keeps what `bench doctor` has found, so that a run can tell when it is asked for more. */
export async function keepFitness(fitness: Fitness): Promise<void> {
  await mkdir(dirname(fileName()), { recursive: true });
  await writeAtomically(fileName(), `${JSON.stringify(fitness, null, 2)}\n`);
}

/** What `bench doctor` has found last; undefined when it never ran, or by another version of bench. */
export async function recallFitness(): Promise<Fitness | undefined> {
  const text = await readFile(fileName(), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return fitnessSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // no JSON: whatever it is, it is not what we wrote
  }
}
