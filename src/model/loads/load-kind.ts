import type { z } from 'zod';
import type { Schedule } from './schedule.js';

/** Everything that tells one kind of load from the others. Whatever needs to know asks here, and switches on no kind. */
export interface LoadKind<Schema extends z.ZodType, Keys extends z.ZodRawShape, Load = z.infer<Schema>> {
  readonly kind: string;
  /** As it stands in results. */
  readonly schema: Schema;
  /** Which driver makes it, by its name in `load/drivers`. */
  readonly driver: 'open-loop';
  /** When its requests are due. */
  readonly schedule: (load: Load) => Schedule;

  /** The length of the measured window. */
  readonly durationMs: (load: Load) => number;
  /** The rates between which it moves, in its order: 0, 100, 500. None where it has no rate to reach. */
  readonly ratesPerSecond: (load: Load) => number[];
  /** The rate at an instant of the window, `elapsedMs` milliseconds after its opening. */
  readonly ratePerSecondAt: (load: Load, elapsedMs: number) => number;
  /** That a cell asks all operations together, as users do; left out = as the run says (--mix). */
  readonly asksAll?: true;
  /** Whether it stays the same, so that the target should, too. */
  readonly isSteady: boolean;
  /** What makes two loads the same but for their length, and what makes their lengths the same. */
  readonly identity: (load: Load) => { readonly shape: Parts; readonly length: Parts };

  /** In the name of a cell: `1000/s poisson`. */
  readonly name: (load: Load) => string;
  /** In the title of a table: `1000 requests/s, Poisson arrivals`. */
  readonly title: (load: Load) => string;
  /** In the id of a cell: `1000`. */
  readonly idPart: (load: Load) => string;

  /** The flags of `bench run` that ask for it. */
  readonly flags: readonly LoadFlag[];
  /** Its keys under `load:` in a scenario file. */
  readonly keys: Keys;
  /** What of all that stands under `load:` cannot stand beside them. */
  readonly conflict?: (given: Readonly<Record<string, unknown>>) => LoadConflict | undefined;
  /** The loads that flags and scenario ask for, each for every operation; undefined where they ask for another kind. */
  readonly read: (words: LoadWords, given: z.infer<z.ZodObject<Keys>>) => Load[] | undefined;
}

type Parts = readonly (string | number)[];

interface LoadConflict {
  readonly key: string;
  /** What was expected instead. */
  readonly message: string;
}

export interface LoadFlag {
  /** As commander writes it: `--rates <n...>`. */
  readonly option: string;
  readonly help: string;
}

interface Limits {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** The words behind the flags of a load, which are named without dashes. What is wrong with them is gathered. */
export interface LoadWords {
  /** The seed of the run. */
  readonly seed: number;
  text(flag: string): string | undefined;
  numbers(flag: string, limits: Limits): number[] | undefined;
  durationMs(flag: string, leastMs: number): number | undefined;
  complain(flag: string, expected: string, came: string): void;
  /** Something else that is wrong, as a sentence. */
  refuse(problem: string): void;
}
