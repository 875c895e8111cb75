import type { GivenRequest } from '../../model/requests/given-request.js';
import type { RulesByOperation } from '../requests/resolve-rules.js';
import type { DescribedOperation } from './described-operation.js';
import type { OpenApiDocument } from './open-api-document.js';
import { nameOperations } from './operation-ids.js';

/** What a document would say that describes these requests and nothing else. */
export interface DescribedRequests {
  readonly document: OpenApiDocument;
  readonly operations: readonly DescribedOperation[];
  /** Their bodies. */
  readonly rules: RulesByOperation;
}

/** `basePath` stands before each path. A path has no parameters, so that braces in it are sent as they are. */
export function describeRequests(requests: readonly GivenRequest[], basePath: string): DescribedRequests {
  const ids = nameOperations(
    requests.map(({ method, path }) => ({
      operationId: undefined,
      method: method.toLowerCase(),
      template: path,
    })),
  );
  const described = requests.map(({ method, path, body }, at) => ({
    operation: {
      ...{ id: ids[at] as string, method, path: basePath + path, template: path },
      ...{ tags: [], parameters: [], answerTypes: [], security: [] },
      body: body && {
        contentType: body.contentType,
        ...{ required: true, schema: {}, examples: [], encoding: {} },
      },
    } satisfies DescribedOperation,
    rules: { values: {}, headers: {}, ...(body && { body: body.content }) },
  }));
  return {
    document: { openapi: '3.2.0', paths: {} },
    operations: described.map(({ operation }) => operation),
    rules: new Map(described.map(({ operation, rules }) => [operation, rules])),
  };
}
