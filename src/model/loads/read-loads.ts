import { durationMsOf, lengthInWords, loadTitle } from './index.js';
import { ANY_KIND, kindOf, KINDS, type AnyKind, type Load } from './kinds.js';
import type { LoadFlag, LoadWords } from './load-kind.js';
import { readTimeScale, timeScaleFlag, timeScaleKey } from './time-scale.js';

const USUAL = ANY_KIND[0] as AnyKind;

type KeysOf<Kind> = Kind extends { readonly keys: infer Keys } ? (keys: Keys) => void : never;
type AllKeys = KeysOf<(typeof KINDS)[number]> extends (keys: infer Keys) => void ? Keys : never;

/** The keys of all kinds, under `load:` in a scenario file. */
export const loadKeys = Object.assign({ timeScale: timeScaleKey }, ...KINDS.map(({ keys }) => keys)) as {
  timeScale: typeof timeScaleKey;
} & AllKeys;
const ofKinds: readonly LoadFlag[] = KINDS.flatMap(({ flags }) => flags);
/** The flags of all kinds, in the order in which help shows them, and what goes with each. */
export const loadFlags: readonly LoadFlag[] = [...ofKinds, timeScaleFlag];

/** What of a scenario's `load:` cannot hold together. */
export function loadConflicts(given: Readonly<Record<string, unknown>>): { key: string; message: string }[] {
  const asked = ANY_KIND.filter((kind) => isAskedIn(kind, given));
  const stated = asked.flatMap(({ conflict }) => conflict?.(given) ?? []);
  const [first, second] = asked;
  if (stated.length > 0 || first === undefined || second === undefined) return stated;
  return [
    {
      key: second.selector.key,
      message: `expected only one of ${first.selector.key} and ${second.selector.key}`,
    },
  ];
}

/** What flags and scenario ask for. */
interface AskedLoads {
  /** Scaled. */
  readonly loads: readonly Load[];
  /** What their durations were multiplied with. */
  readonly timeScale: number;
}

/**
 * The loads that flags and scenario ask for; what is wrong is gathered in `words`. `profile` names the profile that has
 * chosen the kind of load, if one has: flags may change that load, but not ask for another kind.
 */
export function readLoads(
  words: LoadWords,
  given: Readonly<Record<string, unknown>>,
  profile: string | null = null,
): AskedLoads {
  const asked = readUnscaled(words, given, profile);
  const timeScale = readTimeScale(words, given);
  if (timeScale === 1) return { loads: asked, timeScale };
  const loads = asked.map((load) => kindOf(load).scaled?.(load, timeScale) ?? load);
  const without = loads.find((load) => kindOf(load).scaled === null);
  if (without && words.text('time-scale') !== undefined)
    words.refuse(`--time-scale: nothing of ${loadTitle(without)} has a duration that could be scaled`);
  const odd = loads.find((load, at) => isFit(asked[at]) && !isFit(load));
  if (odd)
    words.refuse(
      `--time-scale: scaled by ${timeScale}, the window lasts ${lengthInWords(odd)}, and 1ms to 24h are possible`,
    );
  return { loads, timeScale };
}

const LONGEST_MS = 86_400_000;

function isFit(load: Load | undefined): boolean {
  const durationMs = load ? durationMsOf(load) : null;
  return durationMs === null || (durationMs >= 1 && durationMs <= LONGEST_MS);
}

function readUnscaled(
  words: LoadWords,
  given: Readonly<Record<string, unknown>>,
  profile: string | null,
): readonly Load[] {
  const byFlag = ANY_KIND.findLast((kind) => isAskedBy(kind, words.text(kind.selector.flag)));
  const byKey = kindAskedIn(given);
  const isFlags = byFlag !== undefined && (profile === null || byFlag.selector.key === byKey.selector.key);
  const kind = isFlags ? byFlag : byKey;
  refuseForeignFlags(kind, words, isFlags ? { by: 'flag' } : { by: 'scenario', profile });
  // So that whatever is wrong with the excluded ones is said too.
  for (const other of ANY_KIND)
    if (other !== kind && isAskedBy(other, words.text(other.selector.flag))) other.read(words, given);
  return kind.read(words, given);
}

/** Whether flags or the keys under `load:` ask for any load; what is left is the usual one. */
export function asksForLoad(words: LoadWords, given: Readonly<Record<string, unknown>>): boolean {
  return ANY_KIND.some((kind) => isAskedBy(kind, words.text(kind.selector.flag)) || isAskedIn(kind, given));
}

/** The kind of load that the keys under `load:` ask for; of none the usual one. */
export function kindAskedIn(given: Readonly<Record<string, unknown>>): AnyKind {
  return ANY_KIND.findLast((kind) => isAskedIn(kind, given)) ?? USUAL;
}

function isAskedBy({ selector }: AnyKind, text: string | undefined): boolean {
  return text !== undefined && selector.accepts(text);
}

function isAskedIn({ selector }: AnyKind, given: Readonly<Record<string, unknown>>): boolean {
  const value = given[selector.key];
  return (
    value !== undefined && selector.accepts(Array.isArray(value) ? value.join(' ') : JSON.stringify(value))
  );
}

/** Who has chosen the kind of load. */
type Chosen = { readonly by: 'flag' } | { readonly by: 'scenario'; readonly profile: string | null };

/** Flags that would change nothing are a misunderstanding. */
function refuseForeignFlags(kind: AnyKind, words: LoadWords, chosen: Chosen): void {
  const own = [...kind.flags.map(nameOfFlag), ...(kind.alsoTakes ?? [])];
  const foreign = ofKinds.filter((flag) => {
    const text = words.text(nameOfFlag(flag));
    return text !== undefined && text !== flag.usual && !own.includes(nameOfFlag(flag));
  });
  if (foreign.length === 0) return;
  const shown = foreign.map((flag) => {
    const name = nameOfFlag(flag);
    return flag.usual === undefined ? `--${name}` : `--${name} ${words.text(name)}`;
  });
  const { flag, key } = kind.selector;
  const named = shown.join(' and ');
  const excludes = `excludes ${named}: ${kind.why}`;
  if (chosen.by === 'flag') words.refuse(`--${flag} ${excludes}`);
  else if (chosen.profile !== null)
    words.refuse(
      `--profile ${chosen.profile} loads with ${key}, which ${excludes}; leave out --profile, or ${named}`,
    );
  else if (kind !== USUAL)
    words.refuse(`The scenario's load.${key} ${excludes}; --rates replaces ${wordsOfKey(key)}`);
  else words.refuse(`${named} ${alone(foreign.map(nameOfFlag))}`);
}

function wordsOfKey(key: string): string {
  return key === 'stages' ? 'the stages' : `load.${key}`;
}

/** What a flag needs beside it that says nothing by itself. */
function alone(names: readonly string[]): string {
  const needed = ANY_KIND.filter(({ flags }) => flags.some((flag) => names.includes(nameOfFlag(flag))));
  const selectors = [...new Set(needed.map(({ selector }) => `--${selector.flag}`))];
  return `${names.length === 1 ? 'goes' : 'go'} with ${selectors.join(' or ')}, which is not given`;
}

function nameOfFlag({ option }: LoadFlag): string {
  return /--([a-z-]+)/.exec(option)?.[1] as string;
}
