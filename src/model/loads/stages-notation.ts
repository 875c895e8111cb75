import { formatDuration, parseDurationMs } from '../../kernel/units.js';
import type { Stage } from './stage.js';

/** What is wrong with one of the stages, or with all together (`stage` undefined). */
interface StageProblem {
  readonly stage?: number;
  readonly expected: string;
  readonly came: string;
}

const SYNTAX = 'FROM:TO@DURATION or TO@DURATION, such as 0:100@2m or 500@30s';
const MOST_RATE = 1_000_000;
const LONGEST_MS = 86_400_000;
const NUMBER = /\d+(?:\.\d+)?/.source;
const DURATION = /\d+(?:\.\d+)?(?:ms|s|m|h)/.source;
const RATES = `(?:${NUMBER}\\s*:\\s*)?${NUMBER}`;
const STAGE = new RegExp(`^(?:(${NUMBER})\\s*:)?\\s*(${NUMBER})\\s*@\\s*(${DURATION})$`);

/** `0:100@2m, 500@30s`: from 0 to 100/s over two minutes, from there to 500/s over half a minute. */
export function parseStages(
  text: string,
  of: 'rates' | 'users' = 'rates',
): { stages: Stage[]; problems: StageProblem[] } {
  const stages: Stage[] = [];
  const problems: StageProblem[] = [];
  for (const [at, part] of text.split(',').entries()) {
    const came = part.trim();
    const [, from, to, duration] = STAGE.exec(came) ?? [];
    const toRatePerSecond = Number(to);
    // Without FROM a stage goes on from where the last one ended; the first one stays at TO.
    const fromRatePerSecond = Number(from ?? stages.at(-1)?.toRatePerSecond ?? to);
    const durationMs = parseDurationMs(duration ?? '') ?? 0;
    const complain = (expected: string): number => problems.push({ stage: at + 1, expected, came });
    if (to === undefined) complain(`${SYNTAX}${hintFor(came)}`);
    else if (Math.max(fromRatePerSecond, toRatePerSecond) > MOST_RATE)
      complain(`${of} from 0 to ${MOST_RATE}`);
    else if (durationMs <= 0 || durationMs > LONGEST_MS) complain('a duration above 0, at most 24h');
    else stages.push({ fromRatePerSecond, toRatePerSecond, durationMs });
  }
  if (problems.length > 0) return { stages, problems };
  return { stages, problems: problemsOfAll(stages, of).map((expected) => ({ expected, came: text })) };
}

function problemsOfAll(stages: readonly Stage[], of: 'rates' | 'users'): string[] {
  const totalMs = stages.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const holdsRequests = stages.some(
    ({ fromRatePerSecond, toRatePerSecond }) => fromRatePerSecond + toRatePerSecond > 0,
  );
  return [
    ...(totalMs > LONGEST_MS ? ['stages of at most 24h together'] : []),
    ...(holdsRequests ? [] : [of === 'rates' ? 'a rate above 0 in some stage' : 'a user in some stage']),
  ];
}

/** The stages in the same notation, as short as it goes. */
export function formatStages(stages: readonly Stage[]): string {
  return stages
    .map(({ fromRatePerSecond, toRatePerSecond, durationMs }, at) => {
      const from = stages[at - 1]?.toRatePerSecond ?? toRatePerSecond;
      const rates =
        from === fromRatePerSecond ? `${toRatePerSecond}` : `${fromRatePerSecond}:${toRatePerSecond}`;
      return `${rates}@${formatDuration(durationMs)}`;
    })
    .join(', ');
}

function hintFor(came: string): string {
  const plain = SPELLINGS.reduce((text, [pattern, right]) => text.replace(pattern, right), came);
  if (new RegExp(`^${RATES}$`).test(plain)) return ` (a duration is missing: ${plain}@30s?)`;
  if (new RegExp(`^${RATES}@${NUMBER}$`).test(plain)) return ` (a unit is missing: ${plain}s?)`;
  const parts = plain
    .split(/[;\s]+/)
    .map((part) =>
      part
        .replace(new RegExp(`^(${DURATION})[@:](${RATES})$`), '$2@$1')
        .replace(new RegExp(`^(${RATES}):(${DURATION})$`), '$1@$2'),
    );
  return parts.every((part) => STAGE.test(part)) ? ` (did you mean ${parts.join(', ')}?)` : '';
}

/** What people write who guess the notation, and what they mean. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\s*(?:rps|(?:req(?:uest)?s?)?\/s(?:ec(?:ond)?)?)(?![a-z])/gi, ''],
  [/(?<=\d)\s*m(?:illi)?s(?:ec(?:ond)?s?)?(?![a-z])/gi, 'ms'],
  [/(?<=\d)\s*s(?:ec(?:ond)?s?)?(?![a-z])/gi, 's'],
  [/(?<=\d)\s*m(?:in(?:ute)?s?)?(?![a-z])/gi, 'm'],
  [/(?<=\d)\s*h(?:(?:ou)?rs?)?(?![a-z])/gi, 'h'],
  [/(?<=\d)\s*(?:->|=>|→|–|-|\.\.+|to)\s*(?=\d)/gi, ':'],
  [/(?<=[\dsmh])\s*(?:for|in|over|@)\s*(?=\d)/gi, '@'],
  [/(?<=\d)\s*:\s*(?=\d)/g, ':'],
];
