import { UserError } from '../../kernel/errors.js';
import type { DocumentProblem } from '../../model/requests/document-problem.js';
import { LARGEST_BODY_BYTES } from '../../model/requests/fetch.js';
import { embeddedDocument } from '../discovery/embedded-document.js';
import { bringExternalRefs } from './external-refs.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from './open-api-document.js';
import { parseText, type ParsedText } from './parse-text.js';
import { nameOf, readText, type ReadOptions } from './read-text.js';

const MOST_CHARACTERS = LARGEST_BODY_BYTES;

export interface LoadOptions extends ReadOptions {
  /** How many other documents that this one refers to are read too, at most. */
  readonly maxExternalRefs?: number;
}

export interface LoadedDocument {
  readonly document: OpenApiDocument;
  /** Where it came from. */
  readonly location: string;
  readonly problems: readonly DocumentProblem[];
}

/** Reads a document in JSON or YAML from an http(s) URL, a file, or standard input (`-`). */
export async function loadDocument(location: string, options: LoadOptions = {}): Promise<LoadedDocument> {
  const reader = new Reader(options);
  const document = documentIn(await reader.read(location), nameOf(location));
  return withReferences(document, location, options, reader);
}

/** The same with the documents that it refers to, where they are to be read. */
export async function withReferences(
  document: OpenApiDocument,
  location: string,
  options: LoadOptions,
  reader = new Reader(options),
): Promise<LoadedDocument> {
  const { maxExternalRefs = 0 } = options;
  const whole =
    maxExternalRefs === 0
      ? { document, problems: [] }
      : await bringExternalRefs(document, location, { read: reader.read, most: maxExternalRefs });
  const notes = reader.notes.map(([place, message]) => {
    const where = place === location ? 'the document' : nameOf(place);
    return { where, message, isSkipped: false };
  });
  return { document: whole.document, location, problems: [...notes, ...whole.problems] };
}

/** Of a document and those that it refers to. */
class Reader {
  /** Of a place, what a reader of its text should know. */
  readonly notes: (readonly [place: string, message: string])[] = [];
  private leftCharacters = MOST_CHARACTERS;

  constructor(private readonly options: ReadOptions) {}

  readonly read = async (place: string): Promise<unknown> => {
    const text = await readText(place, this.options);
    this.leftCharacters -= text.length;
    if (this.leftCharacters < 0) throw new Error('is not read: all documents together are larger than 64 MB');
    const { value, notes } = await parseDocumentText(text, nameOf(place));
    this.notes.push(...notes.map((note) => [place, note] as const));
    return value;
  };
}

/** A document by itself, or within the script of a documentation page. */
export async function parseDocumentText(text: string, name: string): Promise<ParsedText> {
  return parseText(embeddedDocument(text) ?? text, name);
}

function isDocument(value: unknown): value is OpenApiDocument {
  return isObject(value) && isObject(value['paths']) && Object.keys(value['paths']).length > 0;
}

/** The same value, if it describes any path; else a UserError that says what it is. */
export function documentIn(value: unknown, name: string): OpenApiDocument {
  if (isDocument(value)) return value;
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
