import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { SchemaValidateFunction } from 'ajv/dist/types/index.js';
import { reasonOf } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { checkableSchema, inDoubles, LATER_KEYWORD, type SchemaNames } from './checkable-schema.js';
import { FORMAT_TESTS } from './format-tests.js';
import { Judge } from './judge.js';
import { patternEngine } from './pattern-engine.js';
import type { Verdict } from './verdict.js';

/** Whether values fit a schema of the document. */
export interface SchemaCheck {
  fits(value: unknown): boolean;
  /** Null = the value fits; else why not: `/name must be string`. Takes longer for a value that does not fit. */
  problemOf(value: unknown): string | null;
}

/** Cheap to make: nothing is read before the first value. */
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
class DocumentChecks implements SchemaNames {
  /** Judges most values; where it does not know, and for the words of what is wrong, ajv is asked. */
  private readonly judge: Judge;
  private readonly ajv = newAjv((name) => this.laterOf(name));
  private readonly names = new Map<Schema, string>();
  private readonly byName = new Map<string, Schema>();
  private readonly written = new Set<Schema>();
  private readonly unwritten: Schema[] = [];
  /** Compiling takes milliseconds, and most parameters of a document are written alike. */
  private readonly byText = new Map<string, ValidateFunction>();
  private readonly compiled = new Map<Schema, ValidateFunction>();

  constructor(private readonly document: OpenApiDocument) {
    this.judge = new Judge(document);
  }

  checkFor(raw: unknown): SchemaCheck {
    const schema = schemaAt(this.document, raw);
    // A reference that leads nowhere asks for nothing.
    if (!schema) return { fits: () => true, problemOf: () => null };
    return new OneCheck({
      judge: (value) => this.judge.verdictOf(schema, value),
      errors: (value) => {
        const validate = this.validateFor(schema);
        return validate(inDoubles(value)) ? null : (validate.errors ?? []);
      },
    });
  }

  forReference(schema: Schema): string {
    if (!this.written.has(schema)) this.unwritten.push(schema);
    this.written.add(schema);
    return this.forLater(schema);
  }

  forLater(schema: Schema): string {
    const before = this.names.get(schema);
    if (before !== undefined) return before;
    const name = `schema:${this.names.size}`;
    this.names.set(schema, name);
    this.byName.set(name, schema);
    return name;
  }

  private laterOf(name: string): ValidateFunction | undefined {
    const schema = this.byName.get(name);
    return schema && this.validateFor(schema);
  }

  private validateFor(schema: Schema): ValidateFunction {
    const before = this.compiled.get(schema);
    if (before) return before;
    const written = checkableSchema(this.document, schema, this);
    const text = JSON.stringify(written);
    this.writeReferences();
    const validate = this.byText.get(text) ?? this.ajv.compile(written);
    this.byText.set(text, validate);
    this.compiled.set(schema, validate);
    return validate;
  }

  /** Writing a schema may refer to others. */
  private writeReferences(): void {
    for (let schema = this.unwritten.pop(); schema; schema = this.unwritten.pop()) {
      this.ajv.addSchema(checkableSchema(this.document, schema, this), this.forLater(schema));
    }
  }
}

interface WaysToCheck {
  judge(value: unknown): Verdict;
  /** By ajv; null = none. */
  errors(value: unknown): readonly ErrorObject[] | null;
}

/** Remembers by itself why it gave up, so that the same schema says the same of the same values, whatever was checked before. */
class OneCheck implements SchemaCheck {
  /** Too deep, or a part of itself: why. Running out of the stack takes long, so that it happens once. */
  private gaveUp: string | null = null;

  constructor(private readonly ways: WaysToCheck) {}

  fits(value: unknown): boolean {
    const verdict = this.verdictOf(value);
    return verdict === 'unknown' ? this.errorsOf(value) === null : verdict === 'fits';
  }

  problemOf(value: unknown): string | null {
    return this.verdictOf(value) === 'fits' ? null : this.errorsOf(value);
  }

  private verdictOf(value: unknown): Verdict {
    return this.unlessGivenUp(
      () => this.ways.judge(value),
      () => 'fails',
    );
  }

  private errorsOf(value: unknown): string | null {
    const sayWhy = (): string | null => {
      const errors = this.ways.errors(value);
      return errors && sentence(errors);
    };
    return this.unlessGivenUp(sayWhy, (why) => why);
  }

  private unlessGivenUp<T>(check: () => T, otherwise: (why: string) => T): T {
    if (this.gaveUp === null) {
      try {
        return check();
      } catch (error) {
        this.gaveUp = `it could not be checked: ${shortened(reasonOf(error))}`;
      }
    }
    return otherwise(this.gaveUp);
  }
}

function newAjv(laterOf: (name: string) => ValidateFunction | undefined): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    unicodeRegExp: false,
    multipleOfPrecision: 9,
    ownProperties: true,
    inlineRefs: 8,
    logger: false,
    // Optimising takes half of the time, and each check is used a few times.
    code: { regExp: Object.assign(engineFor, { code: 'engineFor' }), optimize: false },
  });
  for (const [name, test] of FORMAT_TESTS) {
    ajv.addFormat(
      name,
      test.type === 'number' ? { type: 'number', validate: test.isValid } : { validate: test.isValid },
    );
  }
  ajv.addKeyword({
    keyword: LATER_KEYWORD,
    schemaType: 'string',
    errors: 'full',
    validate: laterKeyword(laterOf),
  });
  return ajv;
}

/** Hands the errors of the other schema on, with the place where the value stands. */
function laterKeyword(laterOf: (name: string) => ValidateFunction | undefined): SchemaValidateFunction {
  const fits: SchemaValidateFunction = (name: string, value: unknown, _, context) => {
    const validate = laterOf(name);
    if (!validate) return true;
    const isValid = validate(value, context);
    fits.errors = isValid ? [] : (validate.errors ?? []);
    return isValid;
  };
  return fits;
}

function engineFor(pattern: string): { test: (text: string) => boolean } {
  // Patterns that are none were left out before.
  return patternEngine(pattern) ?? { test: () => true, toString: () => pattern };
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
