/** A rise of the load above a level to which it then comes down again; milliseconds after the window's opening. */
export interface Spike {
  /** Where the level before ends. */
  readonly startMs: number;
  /** Where the way down has reached that level again. */
  readonly endMs: number;
  /** Where the load leaves that level, at the latest with the window's end. */
  readonly untilMs: number;
}

/** A part of a load in which its level, a rate or a number of users, changes evenly. */
interface Slope {
  readonly from: number;
  readonly to: number;
  readonly durationMs: number;
}

/** Levels within a fifth are about the same. */
const ABOUT = 0.2;

/**
 * The way up to the highest level and down again; null where the load does not come down to about the level from which it
 * rose. The highest level counts the first time that it is reached; a way down may have steps.
 */
export function spikeIn(slopes: readonly Slope[]): Spike | null {
  const turns = turnsOf(slopes);
  const highest = Math.max(...turns.map(({ level }) => level));
  const top = turns.findIndex(({ level }) => level === highest);
  let last = top;
  while (last + 1 < turns.length && levelAt(turns, last + 1) <= levelAt(turns, last)) last += 1;
  const low = levelAt(turns, last);
  const start = turns.slice(0, top).findLast(({ level }) => isAbout(level, low));
  const end = turns.slice(top).find(({ level }) => level === low);
  const until = turns[last];
  if (low === 0 || isAbout(highest, low) || !start || !end || !until) return null;
  return { startMs: start.ms, endMs: end.ms, untilMs: until.ms };
}

interface Turn {
  readonly ms: number;
  readonly level: number;
}

/** The levels at both ends of each part: where they jump, two at one instant. */
function turnsOf(slopes: readonly Slope[]): Turn[] {
  let ms = 0;
  return slopes.flatMap(({ from, to, durationMs }) => {
    const start = { ms, level: from };
    ms += durationMs;
    return [start, { ms, level: to }];
  });
}

function levelAt(turns: readonly Turn[], at: number): number {
  return turns[at]?.level ?? 0;
}

function isAbout(one: number, other: number): boolean {
  return Math.abs(one - other) <= ABOUT * Math.max(one, other);
}
