import { describe, expect, it } from 'vitest';
import { parseText } from '../../benchmarks/specs/document.js';
import { Oracle } from '../../benchmarks/specs/oracle.js';
import type { RequestBlueprint } from '../../src/model/request.js';

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
