import type { z } from 'zod';
import type { Population } from './population.js';
import type { Spike } from './spike.js';
import type { Schedule } from './schedule.js';

/** Everything that tells one kind of load from the others. Whatever needs to know asks here, and switches on no kind. */
export interface LoadKind<Schema extends z.ZodType, Keys extends z.ZodRawShape, Load = z.infer<Schema>> {
  readonly kind: string;
  /** As it stands in results. */
  readonly schema: Schema;
  readonly makes: Making<Load>;

  /** The length of the measured window; null where it lasts until all is done. */
  readonly durationMs: (load: Load) => number | null;
  /** The same with all its durations and spawn times so many times as long; null where it has none. */
  readonly scaled: ((load: Load, factor: number) => Load) | null;
  /** The rates between which it moves, in its order: 0, 100, 500. None where it has no rate to reach. */
  readonly ratesPerSecond: (load: Load) => number[];
  /** The rate at an instant of the window, `elapsedMs` milliseconds after its opening; null where there is none. */
  readonly ratePerSecondAt: (load: Load, elapsedMs: number) => number | null;
  /** Where it rises for a while and comes down again; null where it does not. */
  readonly spike: (load: Load) => Spike | null;
  /** That a cell asks all operations together, as users do; left out = as the run says (--mix). */
  readonly asksAll?: true;
  /** What makes one load of the kind heavier than another: the highest rate, or the number of users. */
  readonly size: (load: Load) => number;
  /** What charts of several loads of the kind go across, in the order of their sizes; null where a load of it changes. */
  readonly across: LoadAxis<Load> | null;
  /** What makes two loads the same but for their length, and what makes their lengths the same. */
  readonly identity: (load: Load) => { readonly shape: Parts; readonly length: Parts };

  /** In the name of a cell: `1000/s poisson`. */
  readonly name: (load: Load) => string;
  /** In the title of a table: `1000 requests/s, Poisson arrivals`. */
  readonly title: (load: Load) => string;
  /** In a column of figures: `1000`, `50 users`. */
  readonly target: (load: Load) => string;
  /** In the id of a cell: `1000`. */
  readonly idPart: (load: Load) => string;

  /** What asks for it: a flag, or a key under `load:` in a scenario file, with a value of this form. */
  readonly selector: {
    readonly flag: string;
    readonly key: string;
    readonly accepts: (text: string) => boolean;
  };
  /** The flags of `bench run` that are its own. */
  readonly flags: readonly LoadFlag[];
  /** Flags of other kinds that say something of it as well. */
  readonly alsoTakes?: readonly string[];
  /** The flags of a load so many times as heavy; undefined where that is not one number. */
  readonly heavier?: (load: Load, factors: readonly number[]) => Readonly<Record<string, string[]>>;
  /** What makes it lighter, as advice: `lower the rate`. */
  readonly easing: string;
  /** Why other flags say nothing of it. */
  readonly why: string;
  /** Its keys under `load:` in a scenario file. */
  readonly keys: Keys;
  /** What of all that stands under `load:` cannot stand beside them. */
  readonly conflict?: (given: Readonly<Record<string, unknown>>) => LoadConflict | undefined;
  /** The loads that flags and scenario ask for; called where they ask for this kind, or for none. */
  readonly read: (words: LoadWords, given: z.infer<z.ZodObject<Keys>>) => Load[];
}

/** Which driver makes it, by its name in `load/drivers`, and what that one has to know. */
type Making<Load> =
  | { readonly driver: 'open-loop'; readonly schedule: (load: Load) => Schedule }
  | { readonly driver: 'closed-loop'; readonly population: (load: Load) => Population };

interface LoadAxis<Load> {
  /** In titles: `across rates`. */
  readonly name: string;
  /** Under the axis: `target rate`. */
  readonly title: string;
  /** Of a load at its place: `1000/s`. */
  readonly label: (load: Load) => string;
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
  /** A value that says nothing new, so that it may stand beside every kind. */
  readonly usual?: string;
}

/** What a flag with numbers takes. */
export interface Limits {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  /** Whether a number that comes twice counts twice; else each makes something of its own, and once is enough. */
  readonly mayRepeat?: boolean;
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
