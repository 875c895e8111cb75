import type { ApiDescription, DescribedOperation } from './described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import { asArray, type OpenApiDocument } from './open-api-document.js';
import { nameOperations } from './operation-ids.js';
import { ProblemList } from './problem-list.js';
import { readAnswerTypes } from './read-answer-types.js';
import { readBody } from './read-body.js';
import { readParameters } from './read-parameters.js';
import { readSecurity, readSecuritySchemes } from './read-security.js';
import { resolveRef, whyUnresolved } from './resolve-ref.js';
import { baseFrom, NO_BASE, serverPath, type BasePath } from './server-path.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace', 'query'] as const;
const MOST_OPERATIONS = 50_000;

interface Source {
  readonly document: OpenApiDocument;
  readonly location: string;
  readonly base: BasePath;
}

type Raw = Readonly<Record<string, unknown>>;

interface Draft {
  readonly operationId: unknown;
  readonly operation: Omit<DescribedOperation, 'id'>;
}

/**
 * What a document in Swagger 2.0 or OpenAPI 3 says, in its order. Never refuses a document: what cannot be used
 * is skipped, and named among the problems. `location` is where it came from: some servers are relative to that.
 * `base` is what the user says of the path before all others.
 */
export function describeApi(document: OpenApiDocument, location = '', base = NO_BASE): ApiDescription {
  const problems = new ProblemList();
  const drafts: Draft[] = [];
  for (const place of placesOf(document, problems)) {
    if (drafts.length >= MOST_OPERATIONS) {
      problems.skip('the document', `has more than ${MOST_OPERATIONS} operations; those beyond are not read`);
      break;
    }
    const operation = describeOperation({ document, location, base }, place, problems);
    if (operation) drafts.push({ operationId: place.raw['operationId'], operation });
  }
  return {
    operations: withNames(drafts, problems),
    securitySchemes: readSecuritySchemes(document),
    problems: problems.toList(),
  };
}

/** An operation where it stands in the document. */
interface Place {
  readonly where: string;
  readonly template: string;
  readonly method: string;
  readonly item: Raw;
  readonly raw: Raw;
}

function* placesOf(document: OpenApiDocument, problems: ProblemList): Generator<Place> {
  const paths = isObject(document['paths']) ? document['paths'] : {};
  for (const [template, entry] of Object.entries(paths)) {
    if (template.startsWith('x-')) continue;
    const item = resolveRef(document, entry);
    if (!template.startsWith('/')) problems.skip(template, 'does not start with / and so is no path');
    else if (!item) problems.skip(template, whyUnresolved(document, entry));
    else yield* operationsOf(document, template, withNeighbours(entry, item), problems);
  }
}

/** A path may be a reference and say more beside it. */
function withNeighbours(entry: unknown, item: Raw): Raw {
  return isObject(entry) && entry !== item && Object.keys(entry).length > 1 ? { ...item, ...entry } : item;
}

function* operationsOf(
  document: OpenApiDocument,
  template: string,
  item: Raw,
  problems: ProblemList,
): Generator<Place> {
  for (const [method, operation] of methodsOf(item, template, problems)) {
    const where = `${method.toUpperCase()} ${template}`;
    const raw = resolveRef(document, operation);
    if (raw) yield { where, template, method, item, raw };
    else problems.skip(where, whyUnresolved(document, operation));
  }
}

/** Those of every version in a fixed order, then those that 3.2 adds by name. */
function methodsOf(
  item: Raw,
  template: string,
  problems: ProblemList,
): [method: string, operation: unknown][] {
  const found: [string, unknown][] = [];
  for (const method of METHODS) if (Object.hasOwn(item, method)) found.push([method, item[method]]);
  const seen = new Set(found.map(([method]) => method));
  for (const [word, value] of Object.entries(item)) {
    const method = word.toLowerCase();
    if (seen.has(word) || !isObject(value)) continue;
    const isKnown = METHODS.some((one) => one === method);
    if (isKnown && !seen.has(method)) {
      found.push([method, value]);
      problems.repair(template, `has the method “${word}”, which is read as ${method}`);
    } else if (isKnown || value['responses'] !== undefined) {
      const shown = word.slice(0, 100);
      problems.skip(
        `${shown} ${template}`,
        `“${shown}” is ${isKnown ? 'said in two spellings' : 'no method of OpenAPI'}`,
      );
    }
  }
  return [...found, ...addedMethods(item['additionalOperations'], template, problems)];
}

function addedMethods(
  added: unknown,
  template: string,
  problems: ProblemList,
): [method: string, operation: unknown][] {
  return Object.entries(isObject(added) ? added : {}).filter(([method]) => {
    const isMethod = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method) && !/^connect$/i.test(method);
    if (!isMethod) problems.skip(`${method.slice(0, 100)} ${template}`, 'is no method that can be sent');
    return isMethod;
  });
}

/** `{?q}` and `{&q}` of RFC 6570 stand for a query, which the parameters describe. */
function withoutQueryTemplate(template: string): string {
  return template.replace(/\{[?&][^{}]*\}/g, '');
}

function describeOperation(
  { document, location, base }: Source,
  { where, template, method, item, raw }: Place,
  problems: ProblemList,
): Draft['operation'] | undefined {
  const server = serverPath([raw, item, document], location);
  const path = baseFrom(base, server.path) + withoutQueryTemplate(template);
  const { parameters, entries, broken, repaired } = readParameters(document, path, [item, raw]);
  const body = readBody(document, raw, entries);
  const isBodyMissed = body.kind === 'broken' && body.isRequired;
  const reasons = isBodyMissed ? [...broken, body.why] : broken;
  if (reasons.length > 0) {
    problems.skip(where, reasons.join('; '));
    return undefined;
  }
  for (const message of repaired) problems.repair(where, message);
  if (server.problem !== null) problems.repair(where, server.problem);
  if (body.kind === 'broken') problems.repair(where, `is sent without a body: ${body.why}`);
  return {
    // What 3.2 adds by name is sent in the spelling of its name.
    method: METHODS.some((one) => one === method) ? method.toUpperCase() : method,
    path,
    template,
    tags: asArray(raw['tags']).filter((tag) => typeof tag === 'string'),
    parameters,
    body: body.kind === 'body' ? body.body : null,
    answerTypes: readAnswerTypes(document, raw),
    security: readSecurity(document, raw),
  };
}

function withNames(drafts: readonly Draft[], problems: ProblemList): DescribedOperation[] {
  const names = nameOperations(
    drafts.map(({ operationId, operation: { method, template } }) => ({
      operationId,
      method: method.toLowerCase(),
      template,
    })),
  );
  return drafts.map(({ operationId, operation }, at) => {
    const id = names[at] as string;
    if (typeof operationId === 'string' && operationId !== '' && operationId !== id) {
      const where = `${operation.method} ${operation.template}`;
      problems.repair(
        where,
        `shares its operationId with another operation, and is called ${id.slice(0, 200)}`,
      );
    }
    return { id, ...operation };
  });
}
