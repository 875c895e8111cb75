import type { Limits } from '../model/loads/load-kind.js';
import { REDACTED, redactText } from '../kernel/redact-text.js';
import { parseDurationMs } from '../kernel/units.js';

/** The words behind the flags of `bench run`, as they came. */
export interface RunFlags {
  readonly scenario?: string;
  readonly profile?: string;
  /** Those of the kinds of load, which read them themselves. */
  readonly [ofLoad: string]: unknown;
  readonly mix?: boolean;
  readonly weights?: readonly string[];
  readonly weightsFrom?: string;
  readonly workers?: readonly string[];
  /** Names of cases of the scenario; false with --no-cases. */
  readonly case?: readonly string[];
  readonly cases?: boolean;
  readonly host?: string;
  readonly port?: string;
  readonly filter?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly methods?: readonly string[];
  readonly warmup?: string;
  readonly timeout?: string;
  readonly maxConnections?: string;
  readonly maxQueue?: string;
  readonly header?: readonly string[];
  readonly request?: readonly string[];
  /** With `request` the body itself, else how much of one. */
  readonly body?: string;
  readonly variants?: string;
  readonly allowRemote?: string;
  readonly seed?: string;
  readonly repeats?: string;
  readonly slo?: readonly string[];
  readonly strict?: boolean;
  readonly twin?: readonly string[];
  readonly probe?: readonly string[];
  /** True where no delay is given. */
  readonly abortOnFail?: string | true;
  readonly pacing?: string;
  readonly realtime?: boolean;
  readonly threads?: string;
  readonly unixSocket?: string;
  readonly insecure?: boolean;
  readonly keepalive?: boolean;
  readonly client?: string;
  readonly http2?: boolean;
  readonly url?: string;
  readonly basePath?: string;
  readonly readyTimeout?: string;
  readonly command?: string;
  readonly spec?: string;
  readonly preflight?: string;
  /** False with --no-chains. */
  readonly chains?: boolean;
  readonly allowExternalRefs?: boolean;
  readonly maxExternalRefs?: string;
  readonly keep?: boolean;
  readonly out?: string;
  readonly format?: readonly string[];
  readonly json?: boolean;
  readonly events?: boolean;
  readonly prometheus?: string;
}

/** Reads flags one by one and gathers all that is wrong with them. */
export class FlagReader {
  readonly problems: string[] = [];

  complain(flag: string, expected: string, came: string): void {
    const shown = came === '' ? 'nothing' : `"${redactText(came)}"`;
    this.problems.push(`--${flag}: expected ${expected}, came ${shown}`);
  }

  number(flag: string, text: string | undefined, limits: Limits): number | undefined {
    if (text === undefined) return undefined;
    const value = Number(text);
    const fits = value >= limits.least && value <= limits.most && (!limits.whole || Number.isInteger(value));
    if (text.trim() !== '' && fits) return value;
    const kind = limits.whole ? 'a whole number' : 'a number';
    this.complain(flag, `${kind} from ${limits.least} to ${limits.most}`, text);
    return undefined;
  }

  numbers(flag: string, texts: readonly string[] | undefined, limits: Limits): number[] | undefined {
    const values = texts
      ?.flatMap((text) => text.split(','))
      .map((text) => this.number(flag, text, limits))
      .filter((value) => value !== undefined);
    return values && (limits.mayRepeat === true ? values : [...new Set(values)]);
  }

  durationMs(flag: string, text: string | undefined, leastMs: number): number | undefined {
    if (text === undefined) return undefined;
    const value = parseDurationMs(text);
    if (value !== undefined && value >= leastMs && value <= LONGEST_MS) return value;
    const unit = /^\d+(\.\d+)?$/.test(text) ? ` (a unit is missing: ${text}s?)` : '';
    this.complain(
      flag,
      `a duration such as 500ms, 10s or 2m, ${leastMs > 0 ? 'above 0, ' : ''}at most 24h${unit}`,
      text,
    );
    return undefined;
  }

  /** `Name: value` lines as an object with lower-case names. */
  headers(lines: readonly string[] | undefined): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const line of lines ?? []) {
      const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*([^\r\n]*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined)
        this.complain('header', "'Name: value'", line.replace(/(:|^(?!.*:)).*$/s, `$1${REDACTED}`));
      else headers[name.toLowerCase()] = value.trim();
    }
    return headers;
  }
}

const LONGEST_MS = 86_400_000;
