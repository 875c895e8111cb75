import type { Clock } from '../../kernel/clock.js';
import type {
  GaugeSample,
  GaugeSummary,
  HoldSockets,
  ListProcesses,
  ProbeFacts,
} from '../../model/results/gauges.js';

/** Something that is looked at while the load runs, and the gauges that a look reads. */
export interface Probe {
  /** As people read what it cost: a key of the results. */
  readonly name: string;
  readonly gauges: readonly Gauge[];
  /** Before the window, when there is time: may look already. */
  open(context: ProbeContext): OpenProbe;
}

export interface Gauge {
  /** Whose it is, and what: `target.cpu`. A key of the results. */
  readonly id: string;
  /** For people, without whose it is: `CPU`. */
  readonly title: string;
  /** As it is stored: `%`, `bytes`, `ms`, or any other; empty for a number of things. */
  readonly unit: string;
  /** Whether its course over the window is charted. */
  readonly isCharted: boolean;
}

export interface ProbeContext {
  readonly clock: Clock;
  readonly target: {
    /** Null when its processes are unknown. */
    readonly processes: ListProcesses | null;
    /** Why they are. */
    readonly unmeasured: string | null;
    /** Left out where the system does not tell. */
    readonly sockets?: HoldSockets | undefined;
  };
}

/** By the id of the gauge; what is not known is left out. */
type Values = GaugeSample['values'];

export interface Look {
  /** The first and the last one of the window: what is read in between must cost the load next to nothing. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** From the opening of the window to now, in milliseconds. */
  readonly elapsedMs: () => number;
}

/** What a gauge came to, without the words that it has anyway; or why it is not known. */
export type Outcome =
  | (Omit<GaugeSummary, 'title' | 'unit'> & {
      /** Of a rate, what it adds up to: of CPU, milliseconds. */
      readonly total?: number;
      /** Why it was not known at some of the looks. */
      readonly partly?: string;
    })
  | { readonly why: string };

/** A probe in one window. One that throws, or does not answer, says why; the others go on. */
export interface OpenProbe {
  /** Every half second, never twice at a time. Undefined where it has not looked; else it counts as a look, and what it cost. */
  look(look: Look): Promise<Reading | undefined>;
  /** After the window. */
  close?(): void;
  /** Of each of its gauges, after the last look; `samples` are those of all looks. */
  outcomes(samples: readonly GaugeSample[]): Readonly<Record<string, Outcome>>;
  /** What else it has seen, after the last look. */
  facts?(): ProbeFacts | undefined;
}

export interface Reading {
  /** When it was read, from the opening of the window. */
  readonly elapsedMs: number;
  readonly values: Values;
}
