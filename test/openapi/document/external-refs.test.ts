import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { bringExternalRefs } from '../../../src/openapi/document/external-refs.js';
import { loadDocument } from '../../../src/openapi/document/load-document.js';
import { resolveRef } from '../../../src/openapi/document/resolve-ref.js';
import { schemaAt } from '../../../src/openapi/document/schema-at.js';

const FILES = {
  'api.yaml': `
paths:
  /pets: { $ref: 'paths/pets.yaml' }
  /stolen: { get: { parameters: [ { $ref: '/etc/hosts' }, { $ref: 'file:///etc/hosts' } ] } }
  /sample: { post: { requestBody: { content: { application/json: { example: { $ref: 'paths/secret.yaml' } } } } } }
`,
  'paths/pets.yaml': `
post: { requestBody: { content: { application/json: { schema: { $ref: '../common.json#/Pet' } } } } }
get: { parameters: [ { $ref: 'missing.yaml' } ] }
`,
  'common.json':
    '{"Pet":{"properties":{"next":{"$ref":"#/Pet"},"name":{"$ref":"#/Name"}}},"Name":{"type":"string"}}',
};

async function withFiles<T>(work: (api: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'refs-'));
  try {
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return await work(join(folder, 'api.yaml'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('without leave no other document is read, and what needs it is skipped', async () => {
  const { document } = await withFiles((api) => loadDocument(api));
  const { operations, problems } = describeApi(document);
  expect(operations.map(({ template }) => template)).toEqual(['/stolen', '/sample']);
  expect(problems[0]).toEqual({
    where: '/pets',
    message:
      'refers to “paths/pets.yaml”, beyond the document: --allow-external-refs follows what lies beside it',
    isSkipped: true,
  });
});

test('with leave files beside it are read, each from where it is named, also in circles', async () => {
  const { document, problems } = await withFiles((api) => loadDocument(api, { allowExternalRefs: true }));
  const post = describeApi(document).operations.find(({ method }) => method === 'POST');
  const pet = schemaAt(document, post?.body?.schema);
  const { next, name } = pet?.['properties'] as Record<string, unknown>;
  expect(schemaAt(document, name)).toEqual({ type: 'string' });
  expect(schemaAt(document, next)).toBe(pet);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/missing\.yaml.*no such file/),
  ]);
});

test('examples are data, and paths from the root are not relative', async () => {
  const { document } = await withFiles((api) => loadDocument(api, { allowExternalRefs: true }));
  const { operations } = describeApi(document);
  const named = (template: string) => operations.find((one) => one.template === template);
  expect(named('/sample')?.body?.examples).toEqual([{ $ref: 'paths/secret.yaml' }]);
  expect(named('/stolen')?.parameters).toEqual([]);
});

test('only the origin of the document is asked, and each address once', async () => {
  const asked: string[] = [];
  const read = async (location: string): Promise<unknown> => {
    asked.push(location);
    return { A: { type: 'string' } };
  };
  const refs = [
    'b.json#/A',
    './b.json#/A',
    'http://other/b.json#/A',
    '//other/c.json',
    'http://x/api.json#/own',
  ];
  const start = {
    own: { type: 'integer' },
    components: { schemas: Object.fromEntries(refs.map((ref, at) => [`s${at}`, { $ref: ref }])) },
  };
  const { document } = await bringExternalRefs(start, 'http://x/api.json', read);
  expect(asked).toEqual(['http://x/b.json']);
  const types = Object.values(start.components.schemas).map(
    (schema) => resolveRef(document, schema)?.['type'],
  );
  expect(types).toEqual(['string', 'string', undefined, undefined, 'integer']);
});

test('no more than 5000 documents are read', async () => {
  let read = 0;
  const next = async (): Promise<unknown> => ({ items: { $ref: `${(read += 1)}.json` } });
  const { problems } = await bringExternalRefs({ items: { $ref: '0.json' } }, '/api.json', next);
  expect(read).toBe(5000);
  expect(problems).toHaveLength(1);
});
