/** Breaks a long name into lines at `_`, `/`, `-` or `.`, and anywhere when a part is too long itself. */
export function wrapName(name: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of name.split(/(?<=[_/.-])/)) {
    if (line !== '' && line.length + part.length > width) {
      lines.push(line);
      line = '';
    }
    line += part;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Breaks a sentence into lines at its spaces. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  const words = text.split(' ').flatMap((word) => (word.length > width ? wrapName(word, width) : [word]));
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
