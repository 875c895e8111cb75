import { oneLine } from '../../kernel/text.js';

/** What GitHub shows beside a job. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
}

/** Workflow commands for the runner, each a line, errors first; of a kind as many as GitHub shows. */
export function annotationLines(annotations: readonly Annotation[]): string[] {
  return (['error', 'warning'] as const).flatMap((level) =>
    shown(annotations.filter((annotation) => annotation.level === level)).map(drawn),
  );
}

/** GitHub shows so many of a kind for each step. */
const MOST_SHOWN = 10;

function shown(annotations: readonly Annotation[]): Annotation[] {
  if (annotations.length <= MOST_SHOWN) return [...annotations];
  const kept = annotations.slice(0, MOST_SHOWN - 1);
  const rest = annotations.slice(MOST_SHOWN - 1);
  const level = rest[0]?.level ?? 'warning';
  const message = rest.map(({ title }) => title).join('; ');
  return [...kept, { level, title: `bench: ${rest.length} more`, message }];
}

function drawn({ level, title, message }: Annotation): string {
  return `::${level} title=${property(title)}::${data(message)}`;
}

/** As the runner takes them back: https://github.com/actions/toolkit, packages/core/src/command.ts. */
function data(text: string): string {
  return oneLine(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
