/** By key of a value, a text with the place of a serial number: `body.email` → `user{n}@example.com`. */
export type SerialRules = Readonly<Record<string, string>>;

/** For the values of an operation that could be others in each request. */
export interface SerialCandidates {
  /** The user gives these values. */
  readonly given: SerialRules;
  readonly open: SerialRules;
}

/** How servers say that they have something already. */
const IS_TAKEN =
  /already (exists?|registered|taken|in use|used)|\b(is|been) taken\b|duplicate|must be unique|not unique|to be unique|unique constraint/i;
/** Fields that usually have to be unique. */
const USUALLY_UNIQUE =
  /(^|_)(e?mail|user_?name|login|slug|code|sku|isbn|name|title|key|identifier|id|number|handle|domain|url)$/i;

/** Whether a server has refused a request for a value that it has already. */
export function isTaken(status: number | null, reason: string | null): boolean {
  return status === 409 || ((status ?? 0) >= 400 && IS_TAKEN.test(reason ?? ''));
}

/** What a refusal says. */
interface Said {
  readonly fields: readonly string[];
  readonly reason: string | null;
}

/** Which of the keys to try with other values: groups, the likeliest first, each with what the ones before hold. */
export function takenKeys(keys: readonly string[], { fields, reason }: Said): readonly (readonly string[])[] {
  const [named, inWords] = mentioned(keys, { fields, reason });
  const usual = keys.filter((key) => USUALLY_UNIQUE.test(snakeCase(leafOf(key))));
  const groups = [named, [...named, ...inWords], [...named, ...inWords, ...usual], keys];
  const distinct = new Map(
    groups.map((group) => [[...new Set(group)].sort().join(' '), [...new Set(group)]]),
  );
  return [...distinct.values()].filter((group) => group.length > 0);
}

/** Those that a refusal speaks of. */
export function namedKeys(keys: readonly string[], refusal: Said): readonly string[] {
  return [...new Set(mentioned(keys, refusal).flat())];
}

/** Those that it names as fields, and those that its words hold. */
function mentioned(keys: readonly string[], { fields, reason }: Said): readonly [string[], string[]] {
  return [
    keys.filter((key) => fields.some((field) => leafOf(field) === leafOf(key))),
    keys.filter((key) => isSaid(leafOf(key), reason ?? '')),
  ];
}

function leafOf(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[\s-]+/g, '_');
}

/** Also in the plain words for it: `e-mail`, `user name`. */
function isSaid(name: string, reason: string): boolean {
  const words = (text: string): string => text.toLowerCase().replace(/[^a-z0-9 ]+/g, '');
  const wanted = words(snakeCase(name).replaceAll('_', ''));
  return (
    wanted !== '' &&
    (` ${words(reason)} `.includes(` ${wanted} `) ||
      (words(reason).replaceAll(' ', '').includes(wanted) && wanted.length > 4))
  );
}
