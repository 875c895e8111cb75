import { describe, expect, test } from 'vitest';
import { fetchDocument } from '../../../src/app/document/fetch-document.js';
import { findDocument, type FoundDocument } from '../../../src/app/document/find-document.js';
import type { Fetched } from '../../../src/model/requests/fetch.js';
import { fetched } from '../../support/fetched.js';

const ORIGIN = 'http://127.0.0.1:8000';
const NO_AUTH = { entries: {}, environment: {}, unresolved: [], secrets: [] };
const DOCUMENT = { openapi: '3.0.0', paths: { '/a': { get: {} } } };
const OTHER = { openapi: '3.0.0', paths: { '/b': { get: {} } } };

type Answers = Readonly<Record<string, Fetched | object | string>>;

function find(answers: Answers, asked: string[] = [], basePath = ''): Promise<FoundDocument> {
  const target = {
    origin: ORIGIN,
    fetch: (url: string) => {
      const path = url.slice(ORIGIN.length);
      asked.push(path);
      const answer = answers[path] ?? fetched('not found', 404);
      return Promise.resolve(isFetched(answer) ? answer : fetched(answer));
    },
  };
  const elsewhere = (url: string): never => {
    throw new Error(`${url} was asked`);
  };
  const fetch = fetchDocument({ config: { headers: {}, auth: NO_AUTH }, target, elsewhere });
  return findDocument({ origin: ORIGIN, basePath }, fetch, new AbortController().signal);
}

function isFetched(answer: object | string): answer is Fetched {
  return typeof answer === 'object' && 'bytesReceived' in answer;
}

function pageWith(text: string): string {
  return `<!DOCTYPE html><html><body>${text}</body></html>`;
}

const place = async (answers: Answers): Promise<string> => (await find(answers)).url.slice(ORIGIN.length);

describe('a document that nobody has named', () => {
  test('is where most have it, and then nothing else is asked', async () => {
    const asked: string[] = [];
    expect(await find({ '/openapi.json': DOCUMENT, '/swagger.json': OTHER }, asked)).toEqual({
      url: `${ORIGIN}/openapi.json`,
      document: DOCUMENT,
      others: [],
    });
    expect(asked).toEqual(['/openapi.json']);
  });

  test.each(['/v3/api-docs', '/swagger/v1/swagger.json', '/api-json', '/q/openapi', '/doc'])(
    'is found at %s',
    async (path) => {
      expect(await place({ '/openapi.json': '{"error":"none"}', [path]: DOCUMENT })).toBe(path);
    },
  );

  test('is named with those that describe other paths', async () => {
    const { others } = await find({
      '/v3/api-docs': DOCUMENT,
      '/swagger.json': DOCUMENT,
      '/api-docs': OTHER,
      '/api-json': OTHER,
    });
    expect(others).toEqual(['/api-docs']);
  });

  test('is looked for below a base path first', async () => {
    const answers = { '/v2/openapi.json': DOCUMENT, '/openapi.json': OTHER };
    expect((await find(answers, [], '/v2')).url).toBe(`${ORIGIN}/v2/openapi.json`);
    expect((await find({ '/openapi.json': OTHER }, [], '/v2')).url).toBe(`${ORIGIN}/openapi.json`);
  });

  test('may be YAML', async () => {
    expect(await place({ '/openapi.yaml': 'openapi: 3.0.0\npaths:\n  /a: { get: {} }\n' })).toBe(
      '/openapi.yaml',
    );
  });
});

describe('a page for people', () => {
  test.each([
    ['Swagger UI', `<script>SwaggerUIBundle({ "dom_id": "#ui", url: '/my/spec' })</script>`],
    ['Redoc', `<redoc spec-url="/my/spec"></redoc>`],
    ['Redoc, started by a script', `<script>Redoc.init("/my/spec", {})</script>`],
    ['Scalar', `<script id="api-reference" data-url="/my/spec"></script>`],
    ['Scalar, configured', `<script data-configuration="{&quot;url&quot;:&quot;/my/spec&quot;}"></script>`],
    ['Stoplight', `<elements-api apiDescriptionUrl="/my/spec" router="hash"/>`],
    ['a link', `<link href="/my/spec" rel="service-desc">`],
    ['an anchor', `<a href="../my/spec.json">OpenAPI</a>`],
  ])('of %s says where it is', async (_, text) => {
    const path = text.includes('.json') ? '/my/spec.json' : '/my/spec';
    expect(await place({ '/docs': pageWith(text), [path]: DOCUMENT })).toBe(path);
  });

  test('may say so by a script or a configuration, relative to where it was redirected to', async () => {
    const answers = {
      '/docs': fetched('', 301, ['location', '/docs/']),
      '/docs/': pageWith('<script src="./swagger-initializer.js" charset="UTF-8"></script>'),
      '/docs/swagger-initializer.js': 'window.ui = SwaggerUIBundle({ configUrl: "x", url: "../conf.json" });',
      '/conf.json': { urls: [{ name: 'all', url: '/my/spec' }] },
      '/my/spec': DOCUMENT,
    };
    expect(await place(answers)).toBe('/my/spec');
  });

  test('may hold it', async () => {
    const script = `let options = {\n "swaggerDoc": ${JSON.stringify({ ...DOCUMENT, info: { title: 'a "}" b' } })},\n "customOptions": {} };`;
    const answers = {
      '/api-docs/': pageWith('<script src="./swagger-ui-init.js"></script>'),
      '/api-docs/swagger-ui-init.js': script,
    };
    const found = await find(answers);
    expect(found.url).toBe(`${ORIGIN}/api-docs/swagger-ui-init.js`);
    expect(found.document).toMatchObject(DOCUMENT);
  });

  test('of another server is not followed', async () => {
    const page = pageWith(`<redoc spec-url="https://petstore.test/openapi.json"></redoc>`);
    await expect(find({ '/redoc': page })).rejects.toThrow(/No OpenAPI document was found at http:\/\/127/);
  });

  test('is not needed where a header says it', async () => {
    const answer = fetched('{}', 200, ['link', '</x>; rel="next", </my/spec>; rel="service-desc"']);
    expect(await place({ '/': answer, '/my/spec': DOCUMENT })).toBe('/my/spec');
  });
});

describe('nothing found', () => {
  test('is said with the number of places', async () => {
    await expect(find({})).rejects.toThrow(/it is at none of \d\d usual places\./);
  });

  test('names what asks for credentials', async () => {
    const error = await find({ '/api/schema/': fetched('no', 401) }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: expect.stringContaining('/api/schema/ asks for credentials') as string,
      hint: expect.stringContaining('--header') as string,
    });
  });

  test('names a login page', async () => {
    const answers = {
      '/docs': fetched('', 302, ['location', '/login']),
      '/login': pageWith('<form><input name="p" type="password"></form>'),
    };
    await expect(find(answers)).rejects.toThrow(/and \/login is a login page/);
  });
});
