import { parse } from 'shell-quote';

/** The words of a command line, quotes respected; `undefined` when it needs a shell (`|`, `&&`, `>`). */
export function splitCommand(command: string | readonly string[]): readonly string[] | undefined {
  if (typeof command !== 'string') return command;
  const words: string[] = [];
  // No shell runs, so $NAME stays what it is.
  for (const entry of parse(command, (name: string) => `$${name}`)) {
    if (typeof entry === 'string') words.push(entry);
    else if ('pattern' in entry) words.push(entry.pattern);
    else return undefined;
  }
  return words;
}
