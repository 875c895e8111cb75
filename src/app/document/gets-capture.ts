import type { JourneyCapture } from '../../model/config/journeys.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import type { OpenApiDocument } from '../../openapi/document/open-api-document.js';
import { isKnownKey } from '../../openapi/requests/known-keys.js';
import { matches } from '../../openapi/selection/select-operations.js';

/** Whether a captured value goes into requests of an operation: headers and cookies go into all. */
export function getsCapture(
  document: OpenApiDocument,
  operation: DescribedOperation,
  { key, only }: Pick<JourneyCapture, 'key' | 'only'>,
): boolean {
  if (only !== null && !matches(operation, only)) return false;
  return /^(header|cookie)\./.test(key) || isKnownKey(document, operation, key);
}
