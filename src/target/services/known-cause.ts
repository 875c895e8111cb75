/** What to do about an end that a database's output explains; undefined = it does not, or nobody knows a remedy. */
export function knownCause(output: string, folder: string): string | undefined {
  return CAUSES.find(({ sign }) => sign.test(output))?.remedy(folder);
}

interface Cause {
  readonly sign: RegExp;
  readonly remedy: (folder: string) => string;
}

const CAUSES: readonly Cause[] = [
  {
    sign: /No space left on device|disk quota exceeded|Check free disk space/i,
    remedy: (folder) =>
      `The disk that holds ${folder} is full. Free some of it, or have bench put its databases on another one: TMPDIR=/other/folder bench …`,
  },
  {
    sign: /Address already in use|address already in use|port is already allocated/,
    remedy: () => 'Another program took its port in the same moment. Start bench again.',
  },
  {
    sign: /could not (?:create|resize|map|open|attach).*shared memory|could not map anonymous shared memory|Cannot allocate memory/i,
    remedy: () =>
      'There is too little memory for it: it takes 256 MB for itself. End other programs, or use a larger machine.',
  },
  {
    sign: /Permission denied|Operation not permitted/,
    remedy: (folder) =>
      `It was not allowed to use a file, most likely in ${folder}. Its user must be able to reach and to write there: TMPDIR=/other/folder bench …`,
  },
  {
    sign: /invalid locale|locale .*(?:not supported|not available)/i,
    remedy: () =>
      'Its programs do not know the locale C of this system: mend its locales (on Debian: sudo apt-get install locales), or name a database with its URL.',
  },
];

/** Whether it did not come up because somebody else was on its port first. */
export function lostItsPort(output: string): boolean {
  return CAUSES[1]?.sign.test(output) ?? false;
}
