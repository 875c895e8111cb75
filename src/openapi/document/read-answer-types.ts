import { isObject } from '../../kernel/is-object.js';
import { asArray, type OpenApiDocument } from './open-api-document.js';
import { resolveRef } from './resolve-ref.js';

type Raw = Readonly<Record<string, unknown>>;

/** The media types that an operation declares for its successes, in the document's order. */
export function readAnswerTypes(document: OpenApiDocument, operation: Raw): string[] {
  const produces = operation['produces'] ?? document['produces'];
  if (produces !== undefined) return asArray(produces).filter((type) => typeof type === 'string');
  const answers = isObject(operation['responses']) ? operation['responses'] : {};
  const successes = Object.keys(answers).filter((status) => /^2/.test(status));
  const asked = successes.length > 0 ? successes : ['default'];
  const types = asked.flatMap((status) => {
    const content = resolveRef(document, answers[status])?.['content'];
    return isObject(content) ? Object.keys(content) : [];
  });
  return [...new Set(types)];
}
