import { withHoles } from '../../model/requests/holes.js';
import type { Credential, BuiltOperation, RequestBlueprint } from '../../model/requests/request.js';
import type { ValueRule } from '../../model/config/value-rule.js';
import type { DescribedOperation, Parameter } from '../document/described-operation.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { serialRule } from './serial-rules.js';
import { ValueMaker, type BodyMode, type MadeValue } from '../values/value-maker.js';
import { Choices, type Pick } from './choices.js';
import { acceptHeader, defaultHeaders } from './default-headers.js';
import { distinctRequests } from './distinct-requests.js';
import type { RulesOfOperation } from './operation-rules.js';
import { pickBody } from './pick-body.js';
import { joinHeaders, placeParameters, type Header } from './place-parameters.js';
import { writeBody } from './write-body.js';

export interface RequestOptions {
  /** For all operations, by key: `path.item_id`. */
  readonly values: Readonly<Record<string, ValueRule>>;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly bodyMode?: BodyMode;
  /** How many distinct requests are wanted; lists of values that are longer make more. */
  readonly variants?: number;
  /** What the user says of this operation alone. */
  readonly rules?: RulesOfOperation;
  /** By key, collected while the target was set up. */
  readonly captured?: Readonly<Record<string, readonly unknown[]>>;
  /** How many captured values may each be sent once only. */
  readonly sentOnce?: number | undefined;
  /** Those that this operation needs and the user has configured. */
  readonly credentials?: readonly Credential[];
  /** Of this document, seed and mode; made anew unless several operations share one. */
  readonly maker?: ValueMaker;
}

const NO_RULES: RulesOfOperation = { values: {}, headers: {} };

/** The distinct requests of an operation, ready to be sent. */
export function buildRequests(
  document: OpenApiDocument,
  operation: DescribedOperation,
  options: RequestOptions,
): BuiltOperation {
  const { values, seed, rules = NO_RULES, captured = {}, bodyMode = 'default' } = options;
  const maker = options.maker ?? new ValueMaker(document, { seed, bodyMode });
  const choices = new Choices({ values, rules, captured, seed });
  const parameters = pickParameters(document, operation, maker, choices);
  const body = pickBody(operation, { document, maker, choices, whole: rules.body });
  if (rules.rows && rules.rows.available > rules.rows.count) {
    const { file, available, count } = rules.rows;
    choices.note('data', `of the ${available} rows of ${file} ${count} are sent`);
  }
  const uniqueRows = rules.rows?.order === 'unique' ? rules.rows.count : options.sentOnce;
  const blueprints = distinctRequests(
    uniqueRows === undefined
      ? { wanted: options.variants ?? 1, least: choices.longest }
      : { wanted: uniqueRows, least: uniqueRows },
    (variant) =>
      choices.marks.twice(
        () => assemble(document, operation, { parameters, body, variant, choices, options }),
        withHoles,
      ),
  );
  const { id, method, path, tags } = operation;
  return {
    operation: { id, method, path, tags },
    blueprints,
    origins: choices.origins,
    problems: [...choices.problems],
    uniqueRows,
  };
}

/** Optional parameters are sent only where somebody gives a value for them. */
function pickParameters(
  document: OpenApiDocument,
  { parameters }: DescribedOperation,
  maker: ValueMaker,
  choices: Choices,
): ReadonlyMap<Parameter, Pick> {
  const sent = parameters.filter((parameter) => {
    const key = keyOf(parameter);
    if (choices.isOmitted(key) && parameter.place !== 'path') return false;
    return parameter.required || choices.has(key) || maker.hasOwnValue(parameter);
  });
  return new Map(
    sent.map((parameter) => {
      const key = keyOf(parameter);
      const make = (variant: number): MadeValue =>
        isVersion(parameter) ? ANY_VERSION : maker.make({ ...parameter, key }, variant);
      const serial = isRepeatedNever(parameter)
        ? serialRule(document, parameter.schema, make(0).value)
        : undefined;
      return [parameter, choices.pick(key, make, serial)];
    }),
  );
}

/** A server that has seen the key of a request answers as it did then, and does nothing. */
function isRepeatedNever({ place, name, required }: Parameter): boolean {
  return place === 'header' && required && /^(x-)?(idempotency-key|idempotency-token)$/i.test(name);
}

/** `If-Match`: an ETag would be out of date after the first change; `*` is right as long as there is something to change. */
const ANY_VERSION = { value: '*', origin: 'default', problem: null } as const; // RFC 9110, 13.1.1

function isVersion({ place, name }: Parameter): boolean {
  return place === 'header' && /^if-match$/i.test(name);
}

function keyOf({ place, name }: Parameter): string {
  return `${place}.${name}`;
}

interface Variant {
  readonly parameters: ReadonlyMap<Parameter, Pick>;
  readonly body: Pick | undefined;
  readonly variant: number;
  readonly choices: Choices;
  readonly options: RequestOptions;
}

function assemble(
  document: OpenApiDocument,
  operation: DescribedOperation,
  { parameters, body: pick, variant, choices, options }: Variant,
): RequestBlueprint {
  const { credentials = [], headers, rules } = options;
  const all = [...parameters].map(([parameter, one]) => [parameter, one(variant)] as const);
  // A row of data may say nothing of a value.
  const values = new Map(all.filter(([, value]) => value !== undefined));
  const placed = placeParameters(operation.path, values, credentials, choices.note);
  const written =
    operation.body && pick ? bodyOf(document, operation.body, pick(variant), choices, options) : null;
  if (written !== null && written.problem !== null) choices.note('body', written.problem);
  const own = [...Object.entries(rules?.headers ?? {}), ...Object.entries(headers)].map(
    ([name, text]): Header => [name, choices.marks.fill(text)],
  );
  const type: Header[] = written === null ? [] : [['content-type', written.contentType]];
  return {
    method: operation.method,
    path: placed.path,
    headers: joinHeaders(own, [
      ...placed.headers,
      ...type,
      ...defaultHeaders(acceptHeader(operation.answerTypes)),
    ]),
    body: written?.content ?? null,
  };
}

function bodyOf(
  document: OpenApiDocument,
  body: NonNullable<DescribedOperation['body']>,
  value: unknown,
  choices: Choices,
  { rules }: RequestOptions,
): ReturnType<typeof writeBody> {
  const isGiven = (key: string): boolean =>
    choices.has(key) || (rules?.body !== undefined && (key === 'body' || key.startsWith('body.')));
  return writeBody({ document, body, value, isGiven });
}
