import { isObject } from '../../kernel/is-object.js';

/** What lies below these words is data: a `$ref` in there is none. */
const DATA = new Set(['example', 'default', 'enum', 'const']);

/** Below these the keys are names that somebody chose, not words of OpenAPI. */
const NAMED = new Set([
  ...['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'schemas'],
  ...['parameters', 'responses', 'requestBodies', 'headers', 'securitySchemes', 'links', 'callbacks'],
  ...['pathItems', 'content', 'encoding', 'webhooks'],
]);

/** Calls back for each object that can be part of the description, once, and for none that is data in it. */
export function visitPositions(root: unknown, visit: (node: Record<string, unknown>) => void): void {
  const seen = new Set<object>();
  const rest: { value: unknown; isNamed: boolean }[] = [{ value: root, isNamed: false }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { value, isNamed } = next;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (!isObject(value)) {
      for (const item of value as unknown[]) rest.push({ value: item, isNamed: false });
      continue;
    }
    if (!isNamed) visit(value);
    for (const [key, child] of Object.entries(value)) {
      if (isNamed) rest.push({ value: child, isNamed: false });
      else if (key === 'examples') visitExamples(child, visit);
      else if (!DATA.has(key) && !key.startsWith('x-')) {
        rest.push({ value: child, isNamed: NAMED.has(key) && isObject(child) });
      }
    }
  }
}

/** An example may be a reference, but what it holds is data. */
function visitExamples(examples: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (!isObject(examples)) return;
  for (const example of Object.values(examples)) if (isObject(example)) visit(example);
}
