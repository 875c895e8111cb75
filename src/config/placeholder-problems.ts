import { isSlipOf } from '../kernel/text.js';
import { isPlaceholder, namesInBraces, PLACEHOLDER_NAMES } from '../model/config/placeholders.js';
import type { RunConfig } from '../model/config/run-config.js';

/** Misspelt placeholders, and a missing {workers}. */
export function placeholderProblems({ target, prepare, seeds, workers }: RunConfig): string[] {
  const started = target.kind === 'command' ? [...target.words, ...Object.values(target.env)] : [];
  const stop = target.kind === 'command' ? (target.stop.words ?? []) : [];
  const before = [...prepare.map(({ words }) => words), ...Object.values(seeds)].flat();
  const problems = [...started, ...stop, ...before].flatMap(misspeltIn);
  const isFixed = started.length > 0 && !started.flatMap(namesInBraces).includes('workers');
  if (isFixed && workers.some((count) => count !== 1)) {
    problems.push(
      '--workers: the command does not contain {workers}, so every count would start the same server. Put {workers} where the number goes, for example --workers {workers}',
    );
  }
  return [...new Set(problems)];
}

/** Other words in braces may be meant for the program. */
function misspeltIn(text: string): string[] {
  return namesInBraces(text).flatMap((name) => {
    const meant = isPlaceholder(name) ? undefined : PLACEHOLDER_NAMES.find((known) => isSlipOf(name, known));
    return meant === undefined ? [] : [`{${name}} is not a placeholder: did you mean {${meant}}?`];
  });
}
