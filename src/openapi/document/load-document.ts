import { UserError } from '../../kernel/errors.js';
import type { DocumentProblem } from '../../model/document-problem.js';
import { bringExternalRefs } from './external-refs.js';
import { isObject, type OpenApiDocument } from './open-api-document.js';
import { parseText } from './parse-text.js';
import { nameOf, readText, type ReadOptions } from './read-text.js';

export { isObject, type OpenApiDocument };

export interface LoadOptions extends ReadOptions {
  /** Whether other documents that this one refers to are read too. */
  readonly allowExternalRefs?: boolean;
}

export interface LoadedDocument {
  readonly document: OpenApiDocument;
  /** Where it came from. */
  readonly location: string;
  readonly problems: readonly DocumentProblem[];
}

/** Reads a document in JSON or YAML from an http(s) URL, a file, or standard input (`-`). */
export async function loadDocument(location: string, options: LoadOptions = {}): Promise<LoadedDocument> {
  const problems: DocumentProblem[] = [];
  const read = async (place: string): Promise<unknown> => {
    const { value, notes } = await parseText(await readText(place, options), nameOf(place));
    const where = place === location ? 'the document' : nameOf(place);
    for (const message of notes) problems.push({ where, message, isSkipped: false });
    return value;
  };
  const document = documentIn(await read(location), nameOf(location));
  if (options.allowExternalRefs !== true) return { document, location, problems };
  const whole = await bringExternalRefs(document, location, read);
  return { document: whole.document, location, problems: [...problems, ...whole.problems] };
}

function documentIn(value: unknown, name: string): OpenApiDocument {
  if (isObject(value) && isObject(value['paths']) && Object.keys(value['paths']).length > 0) return value;
  throw new UserError(
    'run',
    `The document ${name} describes no paths, so there is nothing to load: ${whatIs(value)}.`,
    'Name the path, URL or file of an OpenAPI document with --spec, or with `spec:` in the scenario file.',
  );
}

function whatIs(value: unknown): string {
  if (!isObject(value))
    return `it is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}, not an object`;
  if (value['swaggerVersion'] !== undefined) return 'Swagger before 2.0 is not read';
  const { paths } = value;
  if (paths === undefined) {
    const keys = Object.keys(value).slice(0, 5).join(', ').slice(0, 200);
    return keys === '' ? 'it is empty' : `it has no \`paths\`, only ${keys}`;
  }
  return isObject(paths) ? 'its `paths` are empty' : 'its `paths` are no object';
}
