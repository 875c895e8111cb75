import { oneLine } from '../../kernel/text.js';

/** Text of foreign origin as plain words: no markup, HTML, link, mention or reference comes of it. */
export function markdownText(text: string): string {
  return (
    oneLine(text)
      .replace(/[\\`*[\]<>|~&$]|(?<!\w)_|_(?!\w)/g, '\\$&')
      .replace(/:(?=\/\/)|\.(?<=\bwww\.)/gi, '\\$&')
      // GitHub looks for these after the markup is done; a character without width between parts them.
      .replace(/[@#](?=\w)/g, '$&\u2060')
      .replace(/\bGH-(?=\d)/gi, '$&\u2060')
  );
}

/** A name in a code span. */
export function markdownCode(text: string): string {
  const line = oneLine(text).trim();
  if (line === '') return '` `';
  const fence = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** As `markdownCode`, inside a table, where even code must not hold a bare `|`. */
export function markdownTableCode(text: string): string {
  return markdownCode(text).replaceAll('|', '\\|');
}

/** Lines as they are, whatever they hold. */
export function markdownFence(lines: readonly string[]): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}text`, ...lines, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** A table; columns not named are aligned right. */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  leftColumns: readonly number[],
): string {
  const rule = headings.map((_, at) => (leftColumns.includes(at) ? '---' : '---:'));
  return [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
