import { describe, expect, test } from 'vitest';
import { OWN_VERSION } from '../../src/kernel/own-version.js';
import { renderOperations, renderRequests } from '../../src/report/terminal/render-operations.js';
import { documentOf, jsonBody, built } from '../support/documents.js';
import { controlCharactersOf } from '../support/text.js';

const plain = { width: 100, color: false };
const operations = [
  built(
    documentOf(
      { operationId: 'get_item', parameters: [{ name: 'item_id', in: 'path' }] },
      { path: '/items/{item_id}' },
    ),
    { values: { 'path.item_id': { range: [1, 2000] } } },
  ),
  built(
    documentOf(
      {
        operationId: 'make_item',
        ...jsonBody({ required: ['name'], properties: { name: { type: 'string' } } }),
      },
      { path: '/items', method: 'post' },
    ),
    { headers: { 'x-tenant': 'a' } },
  ),
  built(documentOf({ operationId: 'drop' }, { path: '/a/rather/long/path/to/something', method: 'delete' })),
];
const named = operations.map(({ operation }) => operation);
const odd = built(documentOf({ operationId: 'a\x1b[2J\nb\u202ec' }, { path: '/x\n\ty' }));

describe('golden lists', () => {
  test('of operations', async () => {
    await expect(renderOperations(named, plain)).toMatchFileSnapshot('../golden/list/operations.txt');
  });

  test('of requests', async () => {
    await expect(anyVersion(renderRequests(operations, plain))).toMatchFileSnapshot(
      '../golden/list/requests.txt',
    );
  });

  test('in colour', async () => {
    const color = { width: 100, color: true };
    await expect(
      anyVersion(`${renderOperations(named, color)}\n\n${renderRequests(operations, color)}`),
    ).toMatchFileSnapshot('../golden/list/color.txt');
  });
});

test('odd names stay on one line, in line, without control characters', () => {
  const text = renderOperations([...named, odd.operation], plain);
  const lines = text.split('\n');
  expect(lines).toHaveLength(5);
  const columns = lines.slice(0, 4).map((line) => line.search(/\S+( b c)?$/));
  expect(new Set(columns).size).toBe(1);
  expect(controlCharactersOf(text + renderRequests([odd], plain))).toEqual([]);
});

test('no operations are counted too', () => {
  expect(renderOperations([], plain)).toBe('0 operations');
  expect(renderRequests([], plain)).toBe('');
});

function anyVersion(text: string): string {
  return text.replaceAll(`openapi-bench/${OWN_VERSION}`, 'openapi-bench/VERSION');
}
