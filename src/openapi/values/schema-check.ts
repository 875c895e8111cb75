import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { reasonOf } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import type { OpenApiDocument } from '../document/load-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { checkableSchema } from './checkable-schema.js';
import { patternEngine } from './pattern-engine.js';

/** Null = the value fits; else why not: `/name must be string`. */
export type SchemaCheck = (value: unknown) => string | null;

/** Whether values fit a schema of the document; compiled when it is first asked, and kept. */
export function schemaCheck(document: OpenApiDocument, schema: unknown): SchemaCheck {
  let checks = known.get(document);
  if (!checks) {
    checks = new DocumentChecks(document);
    known.set(document, checks);
  }
  return checks.checkFor(schema);
}

const known = new WeakMap<OpenApiDocument, DocumentChecks>();

/** All checks of a document: schemas that many operations use are compiled once. */
class DocumentChecks {
  private readonly ajv = newAjv();
  private readonly names = new Map<Schema, string>();
  private readonly unwritten: Schema[] = [];
  /** Compiling takes milliseconds, and most parameters of a document are written alike. */
  private readonly byText = new Map<string, ValidateFunction>();
  private readonly compiled = new Map<Schema, SchemaCheck>();

  constructor(private readonly document: OpenApiDocument) {}

  checkFor(raw: unknown): SchemaCheck {
    const schema = schemaAt(this.document, raw);
    if (!schema) return () => null; // A reference that leads nowhere asks for nothing.
    return (value) => {
      const check = this.compiled.get(schema) ?? this.compile(schema);
      this.compiled.set(schema, check);
      return check(value);
    };
  }

  private compile(schema: Schema): SchemaCheck {
    try {
      const written = checkableSchema(this.document, schema, (inner) => this.nameOf(inner));
      const text = JSON.stringify(written);
      this.writeNamed();
      const validate = this.byText.get(text) ?? this.ajv.compile(written);
      this.byText.set(text, validate);
      return checkWith(validate);
    } catch (error) {
      const reason = `the schema could not be compiled: ${shortened(reasonOf(error))}`;
      return () => reason;
    }
  }

  private nameOf(schema: Schema): string {
    const before = this.names.get(schema);
    if (before !== undefined) return before;
    const name = `schema:${this.names.size}`;
    this.names.set(schema, name);
    this.unwritten.push(schema);
    return name;
  }

  /** Writing a schema names those that it refers to. */
  private writeNamed(): void {
    for (let schema = this.unwritten.pop(); schema; schema = this.unwritten.pop()) {
      this.ajv.addSchema(
        checkableSchema(this.document, schema, (inner) => this.nameOf(inner)),
        this.nameOf(schema),
      );
    }
  }
}

function checkWith(validate: ValidateFunction): SchemaCheck {
  return (value) => {
    try {
      return validate(value) ? null : sentence(validate.errors ?? []);
    } catch (error) {
      return `the value could not be checked: ${shortened(reasonOf(error))}`;
    }
  };
}

/** A format beyond this length is not tested: some of their expressions take quadratic time. */
const LONGEST_FOR_FORMAT = 2000;

function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    unicodeRegExp: false,
    ownProperties: true,
    inlineRefs: 8,
    logger: false,
    code: { regExp: Object.assign(engineFor, { code: 'engineFor' }) },
  });
  for (const [name, format] of Object.entries(fullFormats)) {
    ajv.addFormat(name, bounded(format as KnownFormat));
  }
  return ajv;
}

type KnownFormat =
  | true
  | RegExp
  | ((text: string) => boolean)
  | { type: 'number'; validate: (value: number) => boolean }
  | { validate: RegExp | ((text: string) => boolean) };

function bounded(format: KnownFormat): true | Parameters<Ajv2020['addFormat']>[1] {
  if (format === true) return true;
  if (typeof format === 'object' && 'type' in format) return format;
  const test = typeof format === 'object' && 'validate' in format ? format.validate : format;
  const isValid = test instanceof RegExp ? (text: string): boolean => test.test(text) : test;
  return (text: string) => text.length > LONGEST_FOR_FORMAT || isValid(text);
}

function engineFor(pattern: string): { test: (text: string) => boolean } {
  // Patterns that are none were left out before.
  return patternEngine(pattern) ?? { test: () => true };
}

/** The outermost of the errors: those before it are of branches that need not fit. */
function sentence(errors: readonly ErrorObject[]): string {
  const error = errors.at(-1);
  if (!error) return 'does not fit its schema';
  const { instancePath, message = 'does not fit its schema', keyword, params } = error;
  const detail = keyword === 'additionalProperties' ? `: ${String(params['additionalProperty'])}` : '';
  return shortened(`${instancePath} ${message}${detail}`.trim());
}

const LONGEST_REASON = 200;

function shortened(text: string): string {
  const line = oneLine(text);
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}
