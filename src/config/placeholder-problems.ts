import { isSlipOf } from '../kernel/text.js';
import { isPlaceholder, namesInBraces, PLACEHOLDER_NAMES } from '../model/placeholders.js';
import type { RunConfig } from '../model/run-config.js';

/** Placeholders that are misspelt, and the one for workers where it is missing. */
export function placeholderProblems({ target, prepare, workers }: RunConfig): string[] {
  const started = target.kind === 'command' ? [...target.words, ...Object.values(target.env)] : [];
  const stop = target.kind === 'command' ? (target.stop.words ?? []) : [];
  const problems = [...started, ...stop, ...prepare.flatMap(({ words }) => words)].flatMap(misspeltIn);
  const isFixed = started.length > 0 && !started.flatMap(namesInBraces).includes('workers');
  if (isFixed && workers.some((count) => count !== 1)) {
    problems.push(
      '--workers: the command has no {workers}, so the server would be the same for every number. Write {workers} where the number goes, such as --workers {workers}',
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
