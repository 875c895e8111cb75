import { createReadStream } from 'node:fs';

/** Longer lines are cut: a file without line breaks must not fill memory. */
const LONGEST = 65_536;

/** The lines of a file, read as they come: logs may be larger than memory. Rejects where it cannot be read. */
export async function* linesOfFile(file: string): AsyncIterable<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8' }) as AsyncIterable<string>) {
    const [first = '', ...others] = chunk.split('\n');
    rest = (rest + first).slice(0, LONGEST);
    for (const line of others) {
      yield rest.trimEnd();
      rest = line.slice(0, LONGEST);
    }
  }
  if (rest !== '') yield rest.trimEnd();
}
