const id = /** @type {const} */ ({ type: 'integer', minimum: 1 });
const number = /** @type {const} */ ({ type: 'integer' });
const text = /** @type {const} */ ({ type: 'string' });

/**
 * @template {Record<string, object>} Properties
 * @param {Properties} properties
 */
const object = (properties) => ({ type: 'object', required: Object.keys(properties), properties });

export const idParams = object({ id });

export const newPost = {
  ...object({
    userId: { ...id, maximum: 2000, examples: [1] },
    title: { type: 'string', minLength: 1, maxLength: 200, examples: ['A title'] },
    body: { type: 'string', minLength: 1, maxLength: 5000, examples: ['What there is to say.'] },
  }),
  examples: [{ userId: 1, title: 'A title', body: 'What there is to say.' }],
};

export const post = object({ id, userId: number, title: text, body: text });
export const postWithComments = object({ ...post.properties, comments: number });
export const comment = object({ id, postId: number, userId: number, body: text });
export const commentWithAuthor = object({ ...comment.properties, byAuthor: number });
export const userWithPosts = object({ id, name: text, email: text, posts: number });
export const userWithComments = object({ id, name: text, email: text, comments: number });
export const album = object({ id, userId: number, title: text, photos: number });

/** @param {object} items */
export const listOf = (items) => ({ type: 'array', items });

/** @param {string} description */
export const problem = (description) => ({
  description,
  ...object({ statusCode: number, error: text, message: text }),
});
