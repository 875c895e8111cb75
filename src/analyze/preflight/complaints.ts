/** One thing that a server does not like about a request. */
export interface Complaint {
  /** `body.name`; a name alone where the server does not say where; null = about the whole. */
  readonly field: string | null;
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

const MOST_COMPLAINTS = 5;
const DEEPEST = 3;

/** Keys under which servers keep their lists of complaints, the most telling first. */
const LISTS = [
  'detail', // FastAPI
  'violations', // Quarkus, Symfony
  'invalid-params', // RFC 7807's own example
  'invalidParams',
  'issues', // zod
  'fieldErrors',
  'errors', // ASP.NET, Rails, Laravel, Spring, express-validator, JSON:API, RFC 9457
  'message', // Nest
  'details',
  'error',
] as const;

/** What an error body of any of the usual shapes complains of, at most a few. */
export function complaintsIn(body: unknown, depth = 0): Complaint[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(body)) return body.slice(0, MOST_COMPLAINTS).flatMap(complaintOf);
  if (!isFields(body)) return [];
  for (const key of LISTS) {
    const found = complaintsUnder(body, key, depth);
    if (found.length > 0) return found.slice(0, MOST_COMPLAINTS);
  }
  // Django REST framework names the fields at the top.
  return isFieldMap(body) ? byField(body).slice(0, MOST_COMPLAINTS) : [];
}

function complaintsUnder(body: Fields, key: string, depth: number): Complaint[] {
  const value = own(body, key);
  if (Array.isArray(value)) return complaintsIn(value, depth);
  if (!isFields(value)) return [];
  const inside = complaintsIn(value, depth + 1);
  return inside.length > 0 || key === 'error' ? inside : byField(value);
}

/** `{ name: ['must not be blank'] }`, or Mongoose's `{ name: { message: … } }`. */
function byField(map: Fields): Complaint[] {
  return Object.entries(map)
    .slice(0, MOST_COMPLAINTS)
    .flatMap(([name, said]): Complaint[] => {
      const first: unknown = Array.isArray(said) ? said[0] : said;
      const message = isFields(first) ? messageOf(first) : textOf(first);
      const field = name === '' || /^(non_field_errors|base|\$|_errors)$/.test(name) ? null : name;
      return message === null ? [] : [{ field, message }];
    });
}

function isFieldMap(body: Fields): boolean {
  const values = Object.values(body);
  return values.length > 0 && values.every((said) => Array.isArray(said) && said.every(isText));
}

function complaintOf(entry: unknown): Complaint[] {
  const text = textOf(entry);
  if (text !== null) return [{ field: fieldInWords(text), message: text }];
  if (!isFields(entry)) return [];
  const message = messageOf(entry);
  const field = fieldOf(entry);
  if (message === null) return field === null ? [] : [{ field, message: 'is not accepted' }];
  return [{ field, message }];
}

const MESSAGES = ['msg', 'message', 'defaultMessage', 'reason', 'detail', 'description', 'title', 'error'];

function messageOf(entry: Fields): string | null {
  // class-validator keeps them by the name of the rule.
  const constraints = own(entry, 'constraints');
  const broken = isFields(constraints) ? Object.values(constraints).find(isText) : undefined;
  const said = MESSAGES.map((name) => textOf(own(entry, name))).find((text) => text !== null);
  return broken ?? said ?? null;
}

function fieldOf(entry: Fields): string | null {
  const source = own(entry, 'source');
  if (isFields(source)) return fieldOfSource(source);
  const loc = own(entry, 'loc');
  if (Array.isArray(loc)) return joined(loc);
  const instancePath = own(entry, 'instancePath');
  if (typeof instancePath === 'string') return ofInstance(instancePath, own(entry, 'params'));
  const pointer = textOf(own(entry, 'pointer'));
  if (pointer !== null) return fromPointer(pointer);
  const path = own(entry, 'path');
  if (Array.isArray(path)) return joined(path);
  const names = ['path', 'field', 'param', 'propertyPath', 'property', 'name', 'attribute', 'parameter'];
  const name = names.map((key) => textOf(own(entry, key))).find((text) => text !== null);
  return name === undefined ? null : `${placeOf(own(entry, 'location'))}${name}`;
}

function fieldOfSource(source: Fields): string | null {
  const pointer = textOf(own(source, 'pointer'));
  const parameter = textOf(own(source, 'parameter'));
  if (pointer !== null) return fromPointer(pointer);
  return parameter === null ? null : `query.${parameter}`;
}

/** ajv's; a property that is missing has no place of its own. */
function ofInstance(instancePath: string, params: unknown): string | null {
  const missing = isFields(params) ? textOf(own(params, 'missingProperty')) : null;
  const path = missing === null ? instancePath : `${instancePath}/${missing}`;
  return path === '' ? null : fromPointer(path);
}

const PLACES: Readonly<Record<string, string>> = {
  body: 'body.',
  query: 'query.',
  querystring: 'query.',
  params: 'path.',
  path: 'path.',
  headers: 'header.',
  header: 'header.',
  cookies: 'cookie.',
};

function placeOf(location: unknown): string {
  return typeof location === 'string' && Object.hasOwn(PLACES, location) ? (PLACES[location] as string) : '';
}

/** Fastify: `body/name must be string`, `querystring must have required property 'limit'`. */
function fieldInWords(text: string): string | null {
  const [, place, path, missing] =
    /^(body|querystring|params|headers)((?:\/[^\s/]+)*) must (?:have required property '([^']+)')?/.exec(
      text,
    ) ?? [];
  if (place === undefined) return null;
  const names = [...(path ?? '').split('/').slice(1), ...(missing === undefined ? [] : [missing])];
  return names.length === 0 ? null : `${placeOf(place)}${names.join('.')}`;
}

function fromPointer(pointer: string): string {
  return `body.${pointer.replace(/^#?\/?/, '').replaceAll('/', '.')}`;
}

function joined(path: readonly unknown[]): string | null {
  const names = path.filter((step) => typeof step === 'string' || typeof step === 'number');
  return names.length === 0 ? null : names.join('.');
}

const MAIN = [
  'detail',
  'message',
  'error_description',
  'error',
  'msg',
  'reason',
  'description',
  'title',
  'errorMessage',
  'Message',
];

/** The one sentence of an error body; null when it has none. */
export function mainMessageOf(body: unknown, depth = 0): string | null {
  if (!isFields(body) || depth > DEEPEST) return null;
  for (const name of MAIN) {
    const value = own(body, name);
    const text = isFields(value) ? mainMessageOf(value, depth + 1) : textOf(value);
    if (text !== null) return text;
  }
  return null;
}

/** As `complaintsIn` for a body with one sentence that names a field in the middle of its words. */
export function complaintInWords(text: string): Complaint | null {
  const field = fieldInWords(text);
  return field === null ? null : { field, message: text };
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function textOf(value: unknown): string | null {
  return isText(value) && value.trim() !== '' ? value : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
