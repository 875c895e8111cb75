// How often noise alone changes the verdict of a history, and how often what got worse is found. Some minutes:
// node benchmarks/history.js [histories]
import { areBeyondChance } from '../dist/analyze/history/beyond-chance.js';
import { findChanges } from '../dist/analyze/history/find-changes.js';
import { seededRandom } from '../dist/kernel/random.js';

const HISTORIES = Number(process.argv[2] ?? 60);
const FIGURES = 480;
const WORSE = 24;
const RECENT = 10;
const NOISE = 0.06;
const SEARCH = { windowLength: 50, maxPValue: 0.001, minMagnitude: 0.05 };
const random = seededRandom(5);

function normal() {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** @param {number} runs @param {number} worse how many of the figures get 20 % worse, 5 runs from the end or in the middle */
function historyOf(runs, worse) {
  const from = runs - Math.min(5, Math.floor(runs / 2));
  const suspects = Array.from({ length: FIGURES }, (_, figure) => {
    const levelAt = (/** @type {number} */ run) => (figure < worse && run >= from ? 1.2 : 1);
    const values = Array.from({ length: runs }, (__, run) => levelAt(run) * Math.exp(NOISE * normal()));
    const newest = findChanges(values, SEARCH)
      .filter(({ index }) => index >= runs - RECENT)
      .at(-1);
    return { change: newest?.shift, length: runs };
  });
  return { suspects, isHeld: areBeyondChance(suspects) };
}

for (const runs of [6, 12, 30, 50]) {
  let withPoints = 0;
  let withVerdict = 0;
  let found = 0;
  for (let history = 0; history < HISTORIES; history += 1) {
    const nothing = historyOf(runs, 0);
    if (nothing.suspects.some(({ change }) => change !== undefined)) withPoints += 1;
    if (nothing.isHeld.includes(true)) withVerdict += 1;
    found += historyOf(runs, WORSE).isHeld.slice(0, WORSE).filter(Boolean).length;
  }
  const percent = (/** @type {number} */ count, /** @type {number} */ of) =>
    `${((100 * count) / of).toFixed(0)} %`;
  process.stdout.write(
    `${runs} runs: ${percent(withPoints, HISTORIES)} with a change point, ${percent(withVerdict, HISTORIES)} with a verdict; ` +
      `found ${percent(found, HISTORIES * WORSE)} of what got worse\n`,
  );
}
