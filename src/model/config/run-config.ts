import type { AuthConfig } from './auth.js';
import type { CaseLimits } from '../results/resource-case.js';
import type { CsrfConfig } from './csrf.js';
import type { Load } from '../loads/index.js';
import type { Address, GeneratorShare } from '../generation/generator.js';
import type { Expectation } from './expectation.js';
import type { Objective } from '../results/objective.js';
import type { JourneysConfig } from './journeys.js';
import type { BodyMode, OperationRules } from './operation-rules.js';
import type { GivenRequest } from '../requests/given-request.js';
import type { ReportFormat } from '../report/report.js';
import type { PreflightMode } from '../results/preflight.js';
import type { ServiceName } from '../results/service.js';
import type { SetupStep } from './setup-step.js';
import type { Twins } from '../results/twin.js';
import type { StopSignal } from './stop-signals.js';
import type { ValueRule } from './value-rule.js';

/** The program to start, or the server that already runs. */
export type TargetConfig =
  | {
      readonly kind: 'command';
      readonly words: readonly string[];
      readonly folder: string;
      readonly env: Readonly<Record<string, string>>;
      readonly host: string;
      /** `preferred` gives way to a free port when taken; `fixed` does not; `free` takes any. */
      readonly port:
        { readonly kind: 'preferred' | 'fixed'; readonly number: number } | { readonly kind: 'free' };
      readonly readyPath: string | null;
      readonly readyTimeoutMs: number;
      /** Whether the process that answers must be one that was started. */
      readonly owner: 'target' | 'any';
      readonly stop: StopConfig;
    }
  | {
      readonly kind: 'url';
      /** Its origin: `http://127.0.0.1:8000`. */
      readonly url: string;
      readonly readyTimeoutMs: number;
    };

/** How the target is ended: by the command if there is one, then by the signal, then by force. */
export interface StopConfig {
  readonly signal: StopSignal;
  /** Time for the command, and then for the target after the signal. */
  readonly graceMs: number;
  readonly words: readonly string[] | null;
}

interface PrepareStep {
  readonly title: string;
  readonly words: readonly string[];
}

/** Which operations of the document are loaded. */
export interface Selection {
  readonly methods: readonly string[];
  readonly pathPrefixes: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Left out by the scenario unless included by name. */
  readonly leftOut: readonly string[];
}

/** How a cell asks all operations together. */
export interface MixtureConfig {
  /** By operationId or `METHOD /path`; of those without a weight it is 1. */
  readonly weights: Readonly<Record<string, number>>;
  /** Whether these are the scenario's, which may name operations that a run does not select. */
  readonly isOfScenario: boolean;
  /** The access log that they are taken from instead; null = none. */
  readonly log: string | null;
}

/** Everything a run needs, resolved and checked: defaults < scenario < flags. */
export interface RunConfig {
  readonly scenario: string;
  /** The profile of the scenario whose load and objectives these are; null = none was asked for. */
  readonly profile: string | null;
  /** The folder of the scenario file; placeholders of commands and relative files start here. */
  readonly folder: string;
  readonly prepare: readonly PrepareStep[];
  readonly target: TargetConfig;
  /** Databases beside a target that bench starts. */
  readonly services: readonly ServiceName[];
  /** Commands that fill the template of a database, once for a run, in the folder of the scenario. */
  readonly seeds: Readonly<Partial<Record<ServiceName, readonly string[]>>>;
  /** Whether databases of bench's own go on after the run. */
  readonly keep: boolean;
  /** URLs of databases that run already, to look at while the load runs. */
  readonly probes: Readonly<Partial<Record<ServiceName, string>>>;
  /** The path of the URL, wanted before every path, without a slash at its end; empty = what the document says. */
  readonly basePath: string;
  /** What stands before every path, whatever URL and document say, without a slash at its end; null = they decide. */
  readonly basePathOverride: string | null;
  /** A path on the target, a URL without a login, a file, or `-` for standard input; null = looked for on the target. */
  readonly spec: string | null;
  /** In place of a document, with the keys of the scenario that are left aside since they need it; null = there is one. */
  readonly requests: { readonly list: readonly GivenRequest[]; readonly leftAside: readonly string[] } | null;
  /** How many other documents that it refers to are read too, at most; 0 = none. */
  readonly maxExternalRefs: number;
  readonly setup: readonly SetupStep[];
  /** Selectors of the operations that take back what the set-up has made. */
  readonly cleanup: readonly string[];
  readonly preflight: PreflightMode;
  /** Whether ids are taken from the answers of collections. */
  readonly chains: 'auto' | 'off';
  readonly selection: Selection;
  readonly values: Readonly<Record<string, ValueRule>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyMode: BodyMode;
  /** Distinct requests for each operation. */
  readonly variants: number;
  /** By selector of operations: what only they get. */
  readonly operations: OperationRules;
  /** Never stored nor printed. */
  readonly auth: AuthConfig;
  /** Null = the target wants no such token. */
  readonly csrf: CsrfConfig | null;
  /** Each of them for each operation, or for the mixture of them. */
  readonly loads: readonly Load[];
  /** What the durations of the loads have been multiplied with. */
  readonly timeScale: number;
  /** Null = a cell asks one operation. */
  readonly mixture: MixtureConfig | null;
  /** What users do; null = the scenario has no journeys. `journeysTaken` says whether the load has such users. */
  readonly journeys: JourneysConfig | null;
  /** By selector of operations: what makes an answer a success. */
  readonly expect: Readonly<Record<string, Expectation>>;
  readonly workers: readonly number[];
  /** What the target may use, one after another; empty = it is not limited. */
  readonly cases: readonly CaseLimits[];
  readonly warmupMs: number;
  readonly timeoutMs: number;
  readonly maxConnections: number;
  readonly maxQueue: number;
  readonly repeats: number;
  /** What is good enough. */
  readonly objectives: readonly Objective[];
  /** Whether an objective that cannot be decided counts as failed. */
  readonly strict: boolean;
  /** From the opening of a window to the moment from which a failed objective ends the run, in milliseconds; null = none does. */
  readonly abortAfterMs: number | null;
  /** Pairs of operations that reports show side by side. */
  readonly twins: Twins;
  readonly seed: number;
  /** In which order operations are asked: by chance, as the seed says; left out = as in the document. */
  readonly order?: 'random';
  /** How the target is reached, by the load and by every other request. */
  readonly connection: Omit<Address, 'origin'>;
  /** Which implementation sends the load. */
  readonly client: 'auto' | GeneratorShare['client'];
  /** Whether the load, and all else that the target is asked, goes over HTTP/2. */
  readonly http2: boolean;
  readonly pacing: 'auto' | 'precise' | 'relaxed';
  /** Generator threads. */
  readonly threads: number | 'auto';
  /** A host beyond this machine to which load may go. */
  readonly allowRemote: string | null;
  /** Results directory; null = named by the time. */
  readonly out: string | null;
  /** Files for others that are made of the results. */
  readonly formats: readonly ReportFormat[];
  /** Where live metrics are served; 0 = a free port, null = nowhere. */
  readonly metricsPort: number | null;
}
