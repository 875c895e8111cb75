import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** On a clean machine they make Python environments, half a minute of waiting for packages, or start most programs. */
const LONGEST = [
  'scenarios',
  'live-fastapi',
  'notes-postgres',
  'processes-postgres',
  'doctor',
  'ownership',
  'interrupts',
  'kills',
  'stopping',
];

/**
 * Begins with the files that take longest, so that the last one does not run alone for a minute. Vitest's own
 * order is by size where it has no times of before.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/e2e/${name}.test.ts`));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
