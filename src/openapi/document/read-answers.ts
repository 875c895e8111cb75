import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from './open-api-document.js';
import type { DescribedOperation } from './described-operation.js';
import { resolveRef } from './resolve-ref.js';

type Raw = Readonly<Record<string, unknown>>;
type Named = Pick<DescribedOperation, 'method' | 'template'>;

/** What a document says of the answers of an operation with one status, `default` or a class such as `2XX`. */
export interface DocumentedAnswer {
  readonly status: string;
  /** As in the document, of each media type. */
  readonly schemas: readonly unknown[];
  /** Names of headers, as in the document. */
  readonly headers: readonly string[];
}

/** The answers that the document gives an operation, in its order. */
export function readAnswers(document: OpenApiDocument, operation: Named): readonly DocumentedAnswer[] {
  const responses = resolveRef(document, rawOf(document, operation)?.['responses']) ?? {};
  return Object.entries(responses).flatMap(([status, entry]) => {
    const answer = resolveRef(document, entry);
    if (!answer) return [];
    const content = isObject(answer['content']) ? Object.values(answer['content']) : [];
    return [
      {
        status,
        // Swagger 2.0 writes the schema beside the description.
        schemas: [answer, ...content.filter(isObject)].flatMap(({ schema }) =>
          schema === undefined ? [] : [schema],
        ),
        headers: Object.keys(isObject(answer['headers']) ? answer['headers'] : {}),
      },
    ];
  });
}

function rawOf(document: OpenApiDocument, { method, template }: Named): Raw | undefined {
  const paths = isObject(document['paths']) ? document['paths'] : {};
  const item = resolveRef(document, paths[template]);
  const added = isObject(item?.['additionalOperations']) ? item['additionalOperations'] : {};
  return item && resolveRef(document, item[method.toLowerCase()] ?? added[method]);
}

/** Redirects that are the only successes which the document gives an operation. */
export function documentedRedirects(document: OpenApiDocument, operation: Named): readonly number[] {
  const statuses = readAnswers(document, operation).map(({ status }) => status);
  if (statuses.some((status) => /^2/.test(status))) return [];
  return statuses.filter((status) => /^3\d\d$/.test(status)).map(Number);
}

/** Whether all that an operation declares as its answer are events, which never need to end. */
export function isStreaming({ answerTypes }: Pick<DescribedOperation, 'answerTypes'>): boolean {
  return answerTypes.length > 0 && answerTypes.every((type) => /^text\/event-stream\b/i.test(type));
}
