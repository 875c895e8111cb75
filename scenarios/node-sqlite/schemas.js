export const itemParams = /** @type {const} */ ({
  type: 'object',
  required: ['item_id'],
  properties: {
    item_id: { type: 'integer', minimum: 1, description: '1 to 2000 exist once seeded' },
  },
});

const name = /** @type {const} */ ({ type: 'string', minLength: 1, maxLength: 255 });
// 32 bits: every client can write them, and JavaScript keeps them exact.
const value = /** @type {const} */ ({ type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 });

export const change = /** @type {const} */ ({
  type: 'object',
  required: ['name', 'value'],
  properties: {
    name: { ...name, examples: ['renamed item'] },
    value: { ...value, examples: [42] },
  },
  examples: [{ name: 'renamed item', value: 42 }],
});

export const item = /** @type {const} */ ({
  description: 'The stored item',
  type: 'object',
  required: ['id', 'name', 'value'],
  properties: { id: { type: 'integer' }, name, value },
});

export const slept = /** @type {const} */ ({
  description: 'Slept for 50 ms',
  type: 'object',
  required: ['item_id', 'endpoint'],
  properties: { item_id: { type: 'integer' }, endpoint: { type: 'string' } },
});

export const seeded = /** @type {const} */ ({
  description: 'How many items there are now',
  type: 'object',
  required: ['seeded'],
  properties: { seeded: { type: 'integer' } },
});

/**
 * @param {string} description
 */
export const problem = (description) =>
  /** @type {const} */ ({
    description,
    type: 'object',
    required: ['statusCode', 'error', 'message'],
    properties: {
      statusCode: { type: 'integer' },
      code: { type: 'string' },
      error: { type: 'string' },
      message: { type: 'string' },
    },
  });
