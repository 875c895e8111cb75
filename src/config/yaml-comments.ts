import { Document, isScalar, visit } from 'yaml';
import { oneLine } from '../kernel/text.js';

/** More lines than these of one sort hide the rest of the file. */
export const MOST_LINES = 40;

/** Begins the lines of a comment that are YAML. */
const MARK = '\u0001';

/** A value as lines of a comment that are YAML. */
export function snippet(value: unknown): string {
  return marked(yaml(value));
}

/** Text whose lines are YAML, in a comment. */
export function marked(text: string): string {
  return text
    .split('\n')
    .map((line) => MARK + line)
    .join('\n');
}

/** YAML of a value: whatever its texts hold, it reads back as it was. */
export function yaml(value: unknown): string {
  return written(new Document(value)).trimEnd();
}

/** Lists of plain values stand on one line, as people write them. */
export function written(document: Document): string {
  visit(document, {
    Seq(_, list) {
      list.flow = list.items.length > 1 && list.items.every((item) => isScalar(item));
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Every line of a comment; what is YAML follows its mark at once, so that it is right when that is taken away. */
export function commented(text: string): string {
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => {
      const plain = line.replace(MARK, '').replace(/\p{Cc}/gu, ' ');
      if (line === '') return '';
      return line.startsWith(MARK) ? plain : ` ${plain}`;
    })
    .join('\n');
}

/** A list as lines of a comment that are words, cut short where it is long; empty where there is nothing. */
export function listed(title: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const left = names.length - MOST_LINES;
  const more = left > 0 ? [`… and ${left} more`] : [];
  return [title, ...names.slice(0, MOST_LINES).map((name) => `- ${oneLine(name)}`), ...more].join('\n');
}
