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

/** A name in a code span, also inside a table. */
export function markdownCode(text: string): string {
  const line = oneLine(text).trim();
  if (line === '') return '` `';
  const fence = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`.replaceAll('|', '\\|');
}

/** Lines as they are, whatever they hold. */
export function markdownFence(lines: readonly string[]): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}text`, ...lines, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
