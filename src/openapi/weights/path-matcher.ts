import type { DescribedOperation } from '../document/described-operation.js';
import type { LoggedRequest } from './log-line.js';

/** A part of a path template, by what stands between its parameters; a part without any has one. */
type Part = readonly string[];

interface Template {
  readonly operation: DescribedOperation;
  readonly parts: readonly Part[];
}

/**
 * Finds the operation that a request asked. Of several templates that a path fits, the one counts that says more of it, from
 * the left: `/items/search` before `/items/{id}`. Paths fit with the base path of the server, or without, as a
 * proxy may have taken it off.
 */
export class PathMatcher {
  /** By method and number of parts, those that say more first. */
  private readonly templates = new Map<string, Template[]>();
  private readonly withoutBase = new Map<string, Template[]>();

  constructor(operations: readonly DescribedOperation[]) {
    for (const operation of operations) {
      add(this.templates, operation, operation.path);
      add(this.withoutBase, operation, operation.template);
    }
    for (const list of [...this.templates.values(), ...this.withoutBase.values()]) list.sort(bySaying);
  }

  operationFor({ method, path }: LoggedRequest): DescribedOperation | undefined {
    const parts = path.split('/').map(decoded);
    const key = keyOf(method, parts.length);
    const fitting = ({ parts: templates }: Template): boolean =>
      templates.every((template, at) => fits(parts[at] ?? '', template));
    return (this.templates.get(key)?.find(fitting) ?? this.withoutBase.get(key)?.find(fitting))?.operation;
  }
}

function add(templates: Map<string, Template[]>, operation: DescribedOperation, path: string): void {
  const parts = path.split('/').map((part) => part.split(/\{[^{}]*\}/).map(decoded));
  const key = keyOf(operation.method, parts.length);
  const list = templates.get(key);
  if (list) list.push({ operation, parts });
  else templates.set(key, [{ operation, parts }]);
}

function keyOf(method: string, parts: number): string {
  return `${method.toUpperCase()} ${parts}`;
}

function bySaying(a: Template, b: Template): number {
  const at = a.parts.findIndex((part, place) => vagueness(part) !== vagueness(b.parts[place] ?? []));
  return at < 0 ? 0 : vagueness(a.parts[at] ?? []) - vagueness(b.parts[at] ?? []);
}

/** 0 for a part that is given, the most for one that is a parameter alone. */
function vagueness(part: Part): number {
  if (part.length === 1) return 0;
  return 1 / (1 + part.reduce((sum, text) => sum + text.length, 0));
}

/** Whether a part begins and ends as the template does, with what stands between parameters in its order; linear. */
function fits(text: string, template: Part): boolean {
  const first = template[0] ?? '';
  if (template.length === 1) return text === first;
  const last = template.at(-1) ?? '';
  // Each parameter takes one character at least.
  if (text.length <= first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let at = first.length + 1;
  const end = text.length - last.length;
  for (const between of template.slice(1, -1)) {
    const found = text.indexOf(between, at);
    if (found < 0) return false;
    at = found + between.length + 1;
  }
  return at <= end;
}

/** What is no valid encoding stands for itself. */
function decoded(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
