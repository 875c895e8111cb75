import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Body } from '../../../src/openapi/document/described-operation.js';
import type { WrittenBody } from '../../../src/openapi/requests/body-value.js';
import { writeBody } from '../../../src/openapi/requests/write-body.js';

const NO_ENCODING: Body['encoding'] = {};

function written(
  contentType: string,
  value: unknown,
  { schema = {}, encoding = NO_ENCODING, given = [] as string[], document = {} } = {},
): WrittenBody {
  const body: Body = { contentType, required: true, schema, examples: [], encoding };
  return writeBody({ document, body, value, isGiven: (key) => given.includes(key) });
}

/** What another reader than ours makes of a multipart body: undici's, which is inside Node's fetch. */
async function formOf({ contentType, content }: WrittenBody): Promise<Form> {
  const answer: unknown = new Response(content, { headers: { 'content-type': contentType } });
  return (answer as { formData(): Promise<Form> }).formData();
}

type Form = Iterable<[string, unknown]> & Record<'get' | 'getAll', (name: string) => unknown>;

interface SentFile {
  readonly name: string;
  readonly type: string;
  text(): Promise<string>;
}

describe('the media type decides how a body is written', () => {
  test.each([
    ['application/json', { a: 1 }, '{"a":1}', 'application/json'],
    ['application/vnd.api+json; charset=utf-8', [1], '[1]', 'application/vnd.api+json; charset=utf-8'],
    ['*/*', { a: 1 }, '{"a":1}', 'application/json'],
    ['application/x-ndjson', [{ a: 1 }, { b: 2 }], '{"a":1}\n{"b":2}\n', 'application/x-ndjson'],
    ['text/plain', 'hello', 'hello', 'text/plain'],
    ['text/plain', 7, '7', 'text/plain'],
    ['text/*', { a: 1 }, '{"a":1}', 'text/plain'],
    ['application/yaml', { a: 1 }, '{"a":1}', 'application/yaml'],
  ])('%s', (type, value, content, contentType) => {
    expect(written(type, value)).toEqual({ contentType, content, problem: null });
  });

  test('text that the user gives as a whole body goes as it is', () => {
    expect(written('application/json', '{"a": 1}', { given: ['body'] }).content).toBe('{"a": 1}');
    expect(written('application/json', 'text').content).toBe('"text"');
  });

  test('bytes are a file of that type, unless the user gives them', () => {
    expect(written('image/png', 'string').content).toEqual(expect.any(Uint8Array));
    expect(Buffer.from(written('image/*', 'string').content).subarray(1, 4).toString()).toBe('PNG');
    expect(written('application/octet-stream', 'mine', { given: ['body'] }).content).toBe('mine');
  });
});

describe('a body of which the media type says all', () => {
  test.each([
    ['image/png', {}, [0x89, 0x50, 0x4e, 0x47]],
    ['image/jpeg', undefined, [0xff, 0xd8, 0xff]],
    ['application/x-tar', { title: 'a tar' }, [0, 0, 0]],
  ])('%s is a file of that type', (type, schema, start) => {
    const { content, problem } = written(type, {}, { schema });
    expect([...Buffer.from(content).subarray(0, start.length)]).toEqual(start);
    expect(problem).toBeNull();
  });

  test('an object that is described is no file', () => {
    const schema = { type: 'object', properties: { a: {} } };
    expect(written('image/png', { a: 1 }, { schema }).problem).toContain('cannot be written');
  });
});

describe('a form', () => {
  test('repeats lists, writes objects as JSON, and leaves nulls out', () => {
    const { content } = written('application/x-www-form-urlencoded', {
      grant_type: 'password',
      tags: ['a b', 'c&d'],
      owner: { name: 'x' },
      none: null,
    });
    const form = new URLSearchParams(content as string);
    expect([...form]).toEqual([
      ['grant_type', 'password'],
      ['tags', 'a b'],
      ['tags', 'c&d'],
      ['owner', '{"name":"x"}'],
    ]);
  });

  test('follows the style that the document says', () => {
    const encoding = {
      a: { contentType: null, serialization: { style: 'deepObject', explode: true, allowReserved: false } },
      b: { contentType: null, serialization: { style: 'form', explode: false, allowReserved: false } },
      c: { contentType: 'application/json', serialization: null },
    } as const;
    const value = { a: { x: 1 }, b: [1, 2], c: [3] };
    const { content } = written('application/x-www-form-urlencoded', value, { encoding });
    expect(content).toBe('a%5Bx%5D=1&b=1,2&c=%5B3%5D');
  });

  test('of any texts comes back', () => {
    const texts = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(texts, (value) => {
        const { content } = written('application/x-www-form-urlencoded', value);
        expect([...new URLSearchParams(content as string)]).toEqual(Object.entries(value));
      }),
    );
  });

  test('that is no object says so', () => {
    expect(written('application/x-www-form-urlencoded', 'x').problem).toContain('needs an object');
  });
});

describe('multipart', () => {
  const file = { type: 'string', format: 'binary' };
  const schema = {
    type: 'object',
    properties: {
      avatar: file,
      notes: { type: 'string', contentMediaType: 'application/octet-stream' },
      maybe: { anyOf: [{ type: 'null' }, file] },
      scans: { type: 'array', items: file },
      meta: { type: 'object' },
      tags: { type: 'array', items: { type: 'string' } },
      size: { type: 'integer' },
    },
  };
  const value = {
    avatar: 'string',
    notes: 'string',
    maybe: 'string',
    scans: ['string', 'string'],
    meta: { a: 1 },
    tags: ['x', 'y'],
    size: 3,
  };

  test('has files, lists of files, JSON for objects and text for the rest', async () => {
    const form = await formOf(written('multipart/form-data', value, { schema }));
    const avatar = form.get('avatar') as SentFile;
    expect([avatar.name, avatar.type]).toEqual(['avatar.png', 'image/png']);
    const others = ['notes', 'maybe'].map((name) => (form.get(name) as SentFile).type);
    expect(others).toEqual(['text/plain', 'text/plain']);
    expect((form.getAll('scans') as SentFile[]).map(({ name }) => name)).toEqual(['scans.txt', 'scans.txt']);
    expect(form.getAll('tags')).toEqual(['x', 'y']);
    expect([form.get('size'), form.get('meta')]).toEqual(['3', '{"a":1}']);
  });

  test('a file stays one where a style is said, as Swagger 2.0 does of all fields', async () => {
    const serialization = { style: 'form', explode: false, allowReserved: false } as const;
    const encoding = { avatar: { contentType: null, serialization } };
    const form = await formOf(written('multipart/form-data', { avatar: 'string' }, { schema, encoding }));
    expect((form.get('avatar') as SentFile).name).toBe('avatar.png');
  });

  test('a field of which nothing is said is a file', async () => {
    const open = {
      type: 'object',
      properties: { upload: { description: 'what you like' }, name: { minLength: 1 } },
    };
    const form = await formOf(
      written('multipart/form-data', { upload: 'string', name: 'x' }, { schema: open }),
    );
    expect((form.get('upload') as SentFile).name).toBe('upload.txt');
    expect(form.get('name')).toBe('x');
  });

  test('takes the type that the document says, and the content that the user gives', async () => {
    const encoding = { avatar: { contentType: 'application/pdf, image/*', serialization: null } };
    const form = await formOf(
      written('multipart/form-data', { avatar: 'mine' }, { schema, encoding, given: ['body.avatar'] }),
    );
    const avatar = form.get('avatar') as SentFile;
    expect([avatar.name, avatar.type, await avatar.text()]).toEqual([
      'avatar.pdf',
      'application/pdf',
      'mine',
    ]);
  });

  test('is the same for the same values', () => {
    expect(written('multipart/form-data', value, { schema })).toEqual(
      written('multipart/form-data', value, { schema }),
    );
  });

  test('of any texts comes back', async () => {
    // A literal %0D, %0A or %22 stands for the character itself: forms cannot tell the two apart.
    const names = fc
      .string({ unit: 'grapheme-ascii', minLength: 1 })
      .filter((name) => !/["\\\r\n]|%0d|%0a|%22/i.test(name));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, fc.string({ unit: 'grapheme' })), async (texts) => {
        const form = await formOf(written('multipart/form-data', texts));
        expect([...form]).toEqual(Object.entries(texts));
      }),
      { numRuns: 50 },
    );
  });
});

describe('XML', () => {
  const schema = {
    type: 'object',
    xml: { name: 'pet', namespace: 'urn:pets' },
    properties: {
      id: { type: 'integer', xml: { attribute: true } },
      name: { type: 'string' },
      tags: { type: 'array', xml: { wrapped: true }, items: { type: 'string', xml: { name: 'tag' } } },
      photos: { type: 'array', items: { type: 'string' } },
    },
  };

  test('is named by the document and escaped', () => {
    const value = { id: 1, name: 'a<b & "c"', tags: ['x'], photos: ['p', 'q'] };
    expect(written('application/xml', value, { schema })).toMatchObject({
      content:
        '<?xml version="1.0" encoding="UTF-8"?>\n<pet xmlns="urn:pets" id="1"><name>a&lt;b &amp; &quot;c&quot;</name><tags><tag>x</tag></tags><photos>p</photos><photos>q</photos></pet>',
      problem: null,
    });
  });

  test('without a name for its root, or with names that XML cannot hold, says so', () => {
    expect(written('text/xml', { a: 1 }).problem).toContain('does not name the root');
    const referred = { schema: { $ref: '#/Order' }, document: { Order: { type: 'object' } } };
    expect(written('text/xml', { a: 1 }, referred)).toMatchObject({ problem: null });
    expect(written('text/xml', { 'a b': 1 }, referred).problem).toContain('no name in XML');
  });
});
