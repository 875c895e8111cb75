import { describe, expect, test } from 'vitest';
import type { Selection } from '../../../src/model/config/run-config.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { leftOutByMethod, selectOperations } from '../../../src/openapi/selection/select-operations.js';
import { userErrorOf } from '../../support/caught.js';

const { operations } = describeApi({
  servers: [{ url: '/api' }],
  paths: {
    '/items': {
      get: { operationId: 'list_items', tags: ['items'] },
      post: { operationId: 'make_item', tags: ['items'] },
    },
    '/items/{id}': {
      get: { operationId: 'get_item', tags: ['items'] },
      delete: { operationId: 'drop_item', tags: ['items'] },
    },
    '/seed': { post: { operationId: 'seed_items', tags: ['set-up'] } },
  },
});

function selected(changes: Partial<Selection>): string[] {
  const selection = {
    methods: ['GET', 'POST'],
    pathPrefixes: [],
    include: [],
    exclude: [],
    leftOut: ['seed_items'],
  };
  return selectOperations(operations, { ...selection, ...changes }).map(({ id }) => id);
}

test('without a wish all of the usual methods are loaded, but for what the scenario leaves out', () => {
  expect(selected({})).toEqual(['list_items', 'make_item', 'get_item']);
});

describe('a selector', () => {
  test.each([
    ['get_item', ['get_item']],
    ['items', ['list_items', 'make_item', 'get_item']],
    ['*_items', ['list_items']],
    ['GET /items', ['list_items']],
    ['get /items/*', ['get_item']],
    ['GET /api/items/{id}', ['get_item']],
    ['* /items*', ['list_items', 'make_item', 'get_item']],
    [' POST   /items', ['make_item']],
    ['DELETE /items/*', ['drop_item']],
  ])('%j names %j', (selector, ids) => {
    expect(selected({ include: [selector] })).toEqual(ids);
  });

  test('is plain text but for `*`', async () => {
    await userErrorOf(() => selected({ include: ['get.item'] }));
    await userErrorOf(() => selected({ include: ['GET /items/.id.'] }));
  });

  test('takes `*` for any text, line breaks too', () => {
    const odd = describeApi({ paths: { '/a': { get: { operationId: 'a\nb' } } } }).operations;
    const selection = { methods: ['GET'], pathPrefixes: [], include: ['a*b'], exclude: [], leftOut: [] };
    expect(selectOperations(odd, selection)).toHaveLength(1);
  });
});

describe('including', () => {
  test.each(['seed_items', 'POST /seed'])(
    'by name, as %s, outweighs what the scenario leaves out',
    (selector) => {
      expect(selected({ include: [selector] })).toEqual(['seed_items']);
    },
  );

  test.each(['drop_item', 'DELETE /items/{id}'])('by name, as %s, outweighs the methods', (selector) => {
    expect(selected({ include: [selector] })).toEqual(['drop_item']);
  });

  test.each(['*', '* /*'])('everything, as %s, names nothing: it neither seeds nor deletes', (selector) => {
    expect(selected({ include: [selector] })).toEqual(['list_items', 'make_item', 'get_item']);
  });

  test('more than one adds up', () => {
    expect(selected({ include: ['get_item', 'seed_items'] })).toEqual(['get_item', 'seed_items']);
  });
});

test('excluding outweighs including', () => {
  expect(selected({ include: ['items'], exclude: ['POST /items'] })).toEqual(['list_items', 'get_item']);
});

test('a path prefix counts with and without the base path', () => {
  expect(selected({ pathPrefixes: ['/items/'] })).toEqual(['get_item']);
  expect(selected({ pathPrefixes: ['/api/items/', '/nothing'] })).toEqual(['get_item']);
  expect(selected({ methods: ['DELETE'] })).toEqual(['drop_item']);
});

describe('a wish that nothing meets', () => {
  test('is answered with the nearest names, all of them at once', async () => {
    const error = await userErrorOf(() =>
      selected({ include: ['get_itme', 'GET /api/itmes'], exclude: ['setup'] }),
    );
    expect(error.fault).toBe('usage');
    expect(error.message.split('\n')).toEqual([
      'No operation matches “get_itme”. Did you mean get_item?',
      'No operation matches “GET /api/itmes”. Did you mean GET /api/items?',
      'No operation matches “setup”. Did you mean set-up?',
    ]);
    expect(error.hint).toContain('GET /api/items/{id}  (get_item)');
  });

  test('is told with what there is', async () => {
    const error = await userErrorOf(() => selected({ methods: ['PATCH'], pathPrefixes: ['/x'] }));
    expect(error.message).toBe(
      'None of the 5 operations of the document matches methods PATCH, path prefix /x.',
    );
    expect(error.hint).toContain('DELETE /api/items/{id}  (drop_item)');
  });

  test('shows at most a dozen operations', async () => {
    const paths = Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`/p${at}`, { get: {} }]));
    const selection = { methods: ['PUT'], pathPrefixes: [], include: [], exclude: [], leftOut: [] };
    const error = await userErrorOf(() => selectOperations(describeApi({ paths }).operations, selection));
    expect(error.hint?.split('\n')).toHaveLength(14);
    expect(error.hint).toContain('… and 3 more: see bench list');
  });
});

test('what is left out for a method that few know is named', () => {
  const copy = { ...operations[0]!, id: 'copy', method: 'COPY' };
  const selection = { methods: ['GET'], pathPrefixes: [], include: [], exclude: [], leftOut: [] };
  const left = (changes: Partial<Selection>): string[] =>
    leftOutByMethod([...operations, copy], { ...selection, ...changes }).map(({ id }) => id);
  expect(left({})).toEqual(['copy']);
  expect(left({ methods: ['COPY'] })).toEqual([]);
  expect(left({ exclude: ['copy'] })).toEqual([]);
});
