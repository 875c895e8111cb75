import { describe, expect, it } from 'vitest';
import { methodsAt, parseText } from '../../benchmarks/specs/document.js';
import { Oracle } from '../../benchmarks/specs/oracle.js';
import type { RequestBlueprint } from '../../src/model/requests/request.js';

/** OpenAPI 3.0 with one of each kind of value, written by hand so that right and wrong are known. */
const PETS = parseText(`
openapi: 3.0.3
paths:
  /pets/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
    post:
      parameters:
        - { name: tags, in: query, explode: false, schema: { type: array, items: { enum: [a, b] } } }
        - { name: filter, in: query, style: deepObject, schema: { $ref: '#/components/schemas/Filter' } }
        - { name: x-trace, in: header, required: true, schema: { type: string, format: uuid } }
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Pet' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Filter' } }
          multipart/form-data: { schema: { $ref: '#/components/schemas/Filter' } }
components:
  schemas:
    Filter: { type: object, required: [age], properties: { age: { type: integer }, names: { type: array, items: { type: string, maxLength: 3 } } } }
    Pet:
      type: object
      required: [id, name]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string, nullable: true }
        born: { type: number, minimum: 0, exclusiveMinimum: true }
        parent: { $ref: '#/components/schemas/Pet' }
`);

const SWAGGER = parseText(`
swagger: '2.0'
consumes: [application/json]
paths:
  /things/{a}.{b}:
    put:
      parameters:
        - { name: a, in: path, required: true, type: string, pattern: '^[a-z]+$' }
        - { name: b, in: path, required: true, type: boolean }
        - { name: ids, in: query, type: array, collectionFormat: pipes, items: { type: integer } }
        - { name: body, in: body, required: true, schema: { type: array, minItems: 1, items: { type: string } } }
`);

const TRACE = '3f2b8c1e-9d4a-4c6f-8e7b-1a2b3c4d5e6f';
const JSON_TYPE = ['content-type', 'application/json'];
const PET: RequestBlueprint = {
  method: 'POST',
  path: '/v1/pets/7?tags=a,b&filter[age]=3',
  headers: ['X-Trace', TRACE, ...JSON_TYPE],
  body: '{"name":null,"born":0.5,"parent":{"name":"x"}}',
};
const THING: RequestBlueprint = {
  method: 'PUT',
  path: '/things/x.true?ids=1%7C2',
  headers: JSON_TYPE,
  body: '["x"]',
};

/** What the oracle has against a request. */
function faultsOf(change: Partial<RequestBlueprint>): string[] {
  return new Oracle(PETS).judge('POST', '/pets/{id}', [{ ...PET, ...change }]).flatMap(told);
}

function thingFaultsOf(change: Partial<RequestBlueprint>): string[] {
  return new Oracle(SWAGGER).judge('PUT', '/things/{a}.{b}', [{ ...THING, ...change }]).flatMap(told);
}

function told({ where, state, reason }: { where: string; state: string; reason: string }): string[] {
  return state === 'valid' ? [] : [`${where} ${reason}`];
}

function form(body: string): Partial<RequestBlueprint> {
  return { body, headers: ['x-trace', TRACE, 'content-type', 'application/x-www-form-urlencoded'] };
}

function parts(...fields: readonly (readonly [string, string])[]): Partial<RequestBlueprint> {
  const text = fields.map(
    ([name, value]) => `--cut\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const headers = ['x-trace', TRACE, 'content-type', 'multipart/form-data; boundary=cut'];
  return { body: Buffer.from(`${text.join('')}--cut--\r\n`), headers };
}

describe('the oracle of benchmarks/specs.js', () => {
  it('finds nothing wrong with requests that are right', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf(form('age=3&names=abc&names=de'))).toEqual([]);
    expect(faultsOf(parts(['age', '3'], ['names', 'abc'], ['names', 'de']))).toEqual([]);
    expect(thingFaultsOf({})).toEqual([]);
  });

  it('counts each part of a request once, with the worst of its variants', () => {
    const verdicts = new Oracle(PETS).judge('POST', '/pets/{id}', [PET, { ...PET, body: '{}' }, PET]);
    expect(verdicts.map(({ where, state }) => `${where} ${state}`)).toEqual([
      'path.id valid',
      'query.tags valid',
      'query.filter valid',
      'header.x-trace valid',
      'body invalid',
    ]);
  });

  it.each([
    ['a body without what is required', { body: '{}' }, "body must have required property 'name': {}"],
    ['a body that is no JSON', { body: '{' }, 'body is not JSON'],
    ['a required body that is missing', { body: null }, 'body is required and not sent'],
    ['a limit that is exclusive', { body: '{"name":"x","born":0}' }, 'body /born must be > 0: 0'],
    [
      'a fault deep in a circle',
      { body: '{"name":"x","parent":{"name":"x","parent":{"name":1}}}' },
      'body /parent/parent/name must be string,null: 1',
    ],
    [
      'a media type that is not described',
      { headers: ['x-trace', TRACE, 'content-type', 'text/csv'] },
      'body is sent as text/csv, which is not described',
    ],
    ['a field of a form that is wrong', form('age=x'), 'body /age must be integer: "x"'],
    [
      'a list of a form that is wrong',
      form('age=1&names=long'),
      'body /names/0 must NOT have more than 3 characters: "long"',
    ],
    ['a part that is wrong', parts(['age', 'x']), 'body /age must be integer: "x"'],
    [
      'a required part that is missing',
      parts(['names', 'x']),
      `body must have required property 'age': {"names":["x"]}`,
    ],
    [
      'parts that are cut short',
      { ...parts(['age', '3']), body: '--cut\r\n' },
      'body is no multipart body: it does not begin and end with its boundary',
    ],
  ] satisfies [string, Partial<RequestBlueprint>, string][])('finds %s', (_, change, fault) => {
    expect(faultsOf(change)).toEqual([fault]);
  });

  it.each([
    ['a path parameter below its limit', { path: '/pets/0' }, 'path.id must be >= 1: "0"'],
    ['a path parameter that is empty', { path: '/pets/' }, 'path.id is empty'],
    ['a path that is another one', { path: '/pet/1' }, 'request the path /pet/1 does not match /pets/{id}'],
    [
      'a path that cannot be sent',
      { path: '/pets/1 2' },
      'request the path /pets/1 2 is not ready for the wire',
    ],
    [
      'a list with a wrong entry',
      { path: '/pets/1?tags=a,c' },
      'query.tags /1 must be equal to one of the allowed values: "c"',
    ],
    [
      'a list with an encoded comma, which is one entry',
      { path: '/pets/1?tags=a%2Cb' },
      'query.tags /0 must be equal to one of the allowed values: "a,b"',
    ],
    [
      'an object with a wrong property',
      { path: '/pets/1?filter[age]=x' },
      'query.filter /age must be integer: "x"',
    ],
    [
      'a header of the wrong form',
      { headers: ['x-trace', 'string', ...JSON_TYPE] },
      'header.x-trace must match format "uuid": "string"',
    ],
    ['a required header that is missing', { headers: JSON_TYPE }, 'header.x-trace is required and not sent'],
    [
      'a header that would break the request',
      { headers: ['x-trace', 'a\r\nb', ...JSON_TYPE] },
      'request the header "x-trace" is not ready for the wire',
    ],
  ])('finds %s', (_, change, fault) => {
    expect(faultsOf(change)).toEqual([fault]);
  });

  it.each([
    ['a pattern', { path: '/things/X.true' }, 'path.a must match pattern "^[a-z]+$": "X"'],
    ['a type', { path: '/things/x.1' }, 'path.b must be boolean: "1"'],
    ['a collection format', { path: '/things/x.true?ids=1,2' }, 'query.ids /0 must be integer: "1,2"'],
    ['a body', { body: '[]' }, 'body must NOT have fewer than 1 items: []'],
  ])('finds %s that Swagger 2.0 says and a request does not keep', (_, change, fault) => {
    expect(thingFaultsOf(change)).toEqual([fault]);
  });

  it('leaves the document’s own faults out of the count', () => {
    const document = parseText(
      '{"openapi":"3.0.0","paths":{"/a":{"get":{"parameters":[{"name":"q","in":"query","schema":{"type":"strin","pattern":"(?i)x","minLength":"2","required":true,"$ref":"#/nowhere"}}]}}}}',
    );
    const request = { method: 'GET', path: '/a?q=', headers: [], body: null };
    expect(new Oracle(document).judge('GET', '/a', [request]).flatMap(told)).toEqual([]);
  });
});

const UPLOADS = parseText(`
openapi: 3.0.3
paths:
  /files:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema: { type: object, required: [file], properties: { file: { type: string, format: binary }, note: { type: string } } }
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { file: { type: string, format: binary } } }
`);

describe('the oracle on files of a form', () => {
  const NAMED = 'form-data; name="file"; filename="a.bin"';
  const NOTE = 'form-data; name="note"';

  function faultsOfParts(...dispositions: string[]): string[] {
    const parts = dispositions.map((said) => `--cut\r\nContent-Disposition: ${said}\r\n\r\nx\r\n`);
    const headers = ['content-type', 'multipart/form-data; boundary=cut'];
    const request = { method: 'POST', path: '/files', headers, body: `${parts.join('')}--cut--\r\n` };
    return new Oracle(UPLOADS).judge('POST', '/files', [request]).flatMap(told);
  }

  it.each([
    ['nothing wrong with a file that has a name', [NAMED, NOTE], []],
    ['a file without a name', ['form-data; name="file"'], ['body the file file has no file name']],
    [
      'a file whose name is empty',
      ['form-data; name="file"; filename=""'],
      ['body the file file has no file name'],
    ],
    [
      'text that is sent as a file',
      [NAMED, `${NOTE}; filename="note"`],
      ['body note is sent as the file note'],
    ],
  ])('finds %s', (_, dispositions, faults) => {
    expect(faultsOfParts(...dispositions)).toEqual(faults);
  });

  it('finds a file as text of a form, where the document describes one with parts', () => {
    const headers = ['content-type', 'application/x-www-form-urlencoded'];
    const request = { method: 'POST', path: '/files', headers, body: 'file=x' };
    expect(new Oracle(UPLOADS).judge('POST', '/files', [request]).flatMap(told)).toEqual([
      'body the file file is sent as text of a form',
    ]);
  });
});

describe.each([
  ['JSON', (text: string) => text],
  ['YAML', (text: string) => `---\n${text.replaceAll('"', '').replaceAll(':', ': ')}`],
])('the oracle on long integers, in a document in %s', (_, written) => {
  const id = '{"type":"integer","example":1234567890123456789}';
  const kind = '{"type":"integer","enum":[9007199254740993,5]}';
  const size = '{"type":"integer","minimum":9007199254740997,"maximum":9007199254740999}';
  const schema = `{"type":"object","properties":{"id":${id},"kind":${kind},"size":${size}}}`;
  const parameter = `{"name":"id","in":"query","schema":${id}}`;
  const body = `{"content":{"application/json":{"schema":${schema}}}}`;
  const document = parseText(
    written(
      `{"openapi":"3.1.0","paths":{"/a":{"post":{"parameters":[${parameter}],"requestBody":${body}}}}}`,
    ),
  );

  it.each([
    ['{"id":1234567890123456789,"kind":9007199254740993,"size":9007199254740998}', []],
    ['{"id":7}', []],
    ['{"id":1234567890123456800}', ['body 1234567890123456800 is 1234567890123456789 with other digits']],
    ['{"kind":9007199254740992}', ['body 9007199254740992 is 9007199254740993 with other digits']],
    ['{"size":9007199254740996}', ['body 9007199254740996 is beyond its bounds']],
  ])('finds in %s: %j', (sent, faults) => {
    const request = { method: 'POST', path: '/a', headers: JSON_TYPE, body: sent };
    expect(new Oracle(document).judge('POST', '/a', [request]).flatMap(told)).toEqual(faults);
  });

  it('finds other digits in a parameter', () => {
    const request = { method: 'POST', path: '/a?id=1234567890123456800', headers: JSON_TYPE, body: '{}' };
    expect(new Oracle(document).judge('POST', '/a', [request]).flatMap(told)).toEqual([
      'query.id 1234567890123456800 is 1234567890123456789 with other digits',
    ]);
  });
});

describe('the oracle on OpenAPI 3.2', () => {
  const document = parseText(`
openapi: 3.2.0
paths:
  /s:
    query:
      parameters:
        - name: all
          in: querystring
          content: { application/x-www-form-urlencoded: { schema: { type: object, required: [a], properties: { a: { type: integer } } } } }
      requestBody: { content: { application/json: { schema: { type: object, properties: { q: { type: string } } }, examples: { one: { dataValue: { q: cats } } } } } }
    additionalOperations:
      Copy: { requestBody: { content: { application/jsonl: { itemSchema: { type: object, required: [x] } } } } }
`);
  const asked = { method: 'QUERY', path: '/s?a=1', headers: JSON_TYPE, body: '{"q":"cats"}' };
  const lines = ['content-type', 'application/jsonl'];
  const copied = { method: 'Copy', path: '/s', headers: lines, body: '{"x":1}\n{"x":2}\n' };

  it('knows its methods', () => {
    expect(methodsAt(document, '/s')).toEqual(['QUERY', 'Copy']);
  });

  it.each([
    ['nothing', asked, []],
    [
      'a query that is not as described',
      { ...asked, path: '/s?a=x' },
      ['querystring.all /a must be integer: "x"'],
    ],
    [
      'another example',
      { ...asked, body: '{"q":"dogs"}' },
      ['body is none of the examples, though some are valid'],
    ],
    ['no fault in lines', copied, []],
    [
      'a line that is not as described',
      { ...copied, body: '{"x":1}\n{}\n' },
      ["body must have required property 'x': {}"],
    ],
    ['a line that is no JSON', { ...copied, body: '{"x":1}\n{\n' }, ['body has a line that is not JSON: {']],
    ['a method in another spelling', { ...copied, method: 'COPY' }, ['request is sent as COPY']],
  ])('finds %s', (_, request, faults) => {
    const method =
      request === asked || request.path !== '/s' || request.headers === JSON_TYPE ? 'QUERY' : 'Copy';
    expect(new Oracle(document).judge(method, '/s', [request]).flatMap(told)).toEqual(faults);
  });
});

describe('the oracle on discriminators', () => {
  const document = parseText(`
openapi: 3.0.3
paths:
  /pets:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Any' } } } }
components:
  schemas:
    Any:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } }
    Cat: { type: object, required: [kind], properties: { kind: { type: string }, lives: { type: integer } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string }, bark: { type: boolean } } }
`);

  it.each([
    // A discriminator changes nothing of what oneOf demands: these fit both.
    ['{"kind":"cat"}', 'invalid'],
    ['{"kind":"cat","lives":9}', 'invalid'],
    ['{"kind":"cat","bark":null}', 'valid'],
    // These fit one, and name another.
    ['{"kind":"dog","bark":null}', 'invalid'],
    ['{"kind":"cat","lives":"nine"}', 'invalid'],
    ['{"kind":"Cat","bark":null}', 'invalid'],
  ])('%j is %s', (body, state) => {
    const request = { method: 'POST', path: '/pets', headers: JSON_TYPE, body };
    expect(new Oracle(document).judge('POST', '/pets', [request])).toMatchObject([{ where: 'body', state }]);
  });
});

describe('the oracle on documents that contradict themselves', () => {
  const document = parseText(`
openapi: 3.0.3
paths:
  /a/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { parameters: [{ name: other, in: path, required: true, schema: { type: string } }] }
    post: { requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: array, items: {} } } } } }
    put: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Node' } } } } }
    patch: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } } }
  /b:
    get:
      parameters:
        - { name: q, in: query, explode: false, schema: { type: object, properties: { list: { type: array }, n: { type: integer } } } }
components:
  schemas:
    Node: { type: object, required: [next], properties: { next: { allOf: [{ $ref: '#/components/schemas/Node' }] } } }
    Tree: { type: object, required: [left], properties: { left: { type: array, items: { $ref: '#/components/schemas/Tree' } } } }
`);
  const FORM = ['content-type', 'application/x-www-form-urlencoded'];

  it.each([
    ['GET', { path: '/a/x' }, 'path.other the document contradicts itself: its path has no place for it'],
    [
      'POST',
      { path: '/a/x', headers: FORM, body: '[]' },
      'body the document contradicts itself: a form has fields, and its schema is of no object',
    ],
    [
      'PUT',
      { path: '/a/x', body: '{}' },
      'body the document contradicts itself: what its schema requires has no end',
    ],
  ])('does not judge what no request can satisfy: %s', (method, change, reason) => {
    const request = { method, headers: JSON_TYPE, body: null, ...change };
    const verdicts = new Oracle(document).judge(method, '/a/{id}', [request]);
    expect(verdicts.filter(({ state }) => state === 'unjudged').flatMap(told)).toEqual([reason]);
  });

  it('judges a circle that ends', () => {
    const request = { method: 'PATCH', path: '/a/x', headers: JSON_TYPE, body: '{}' };
    const [, body] = new Oracle(document).judge('PATCH', '/a/{id}', [request]);
    expect(body).toMatchObject({ where: 'body', state: 'invalid' });
  });

  it.each([
    ['/b?q=list,%5B1%5D', 'unjudged'],
    ['/b?q=n,x', 'invalid'],
  ])('does not judge lists inside of a style: %s is %s', (path, state) => {
    const request = { method: 'GET', path, headers: [], body: null };
    expect(new Oracle(document).judge('GET', '/b', [request])).toMatchObject([{ where: 'query.q', state }]);
  });
});

describe('the oracle on what is read-only', () => {
  it.each([
    ['true', '{}', 'valid'],
    ['false', '{}', 'invalid'],
  ])('asks for no property that each branch calls read-only: %s', (isReadOnly, body, state) => {
    const branch = (more: string): string =>
      `{"properties":{"id":{"type":"string","readOnly":${more}}},"required":["id"]}`;
    const schema = `{"type":"object","required":["id"],"anyOf":[${branch('true')},${branch(isReadOnly)}]}`;
    const content = `{"application/json":{"schema":${schema}}}`;
    const document = parseText(
      `{"openapi":"3.0.3","paths":{"/a":{"post":{"requestBody":{"content":${content}}}}}}`,
    );
    const request = { method: 'POST', path: '/a', headers: JSON_TYPE, body };
    expect(new Oracle(document).judge('POST', '/a', [request])).toMatchObject([{ where: 'body', state }]);
  });
});
