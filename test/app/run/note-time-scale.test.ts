import { expect, test } from 'vitest';
import { noteTimeScale } from '../../../src/app/run/note-time-scale.js';
import { FlagReader, type RunFlags } from '../../../src/config/flag-reader.js';
import { loadWords } from '../../../src/config/load-words.js';
import { readLoads } from '../../../src/model/loads/read-loads.js';

function noticesOf(flags: RunFlags): string[] {
  const notices: string[] = [];
  noteTimeScale(readLoads(loadWords(new FlagReader(), flags, 1), {}), (event) => {
    if (event.kind === 'notice') notices.push(event.message);
  });
  return notices;
}

const REST = 'Warm-up, think times, time-outs and objectives stay.';

test.each<[RunFlags, string[]]>([
  [{ duration: '10s' }, []],
  [{ timeScale: '1' }, []],
  [{ timeScale: '0.1', rates: ['5', '9'] }, [`Time scale 0.1: windows last 1s in place of 10s. ${REST}`]],
  [{ timeScale: '0.33', stages: '5@3s' }, [`Time scale 0.33: windows last 990ms in place of 3s. ${REST}`]],
  [
    { timeScale: '0.5', users: ['5'] },
    [`Time scale 0.5: windows last 5s in place of 10s, and users start in step with that. ${REST}`],
  ],
])('%j says what is scaled', (flags, notices) => {
  expect(noticesOf(flags)).toEqual(notices);
});
