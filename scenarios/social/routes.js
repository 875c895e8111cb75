import * as schemas from './schemas.js';

/**
 * @typedef {import('./thread.js').Call['name']} Query
 * @typedef {{ operationId: string, summary: string, answer: object, query: Query }} Described
 */

/**
 * Ten operations; each is one call on the database threads.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {import('./threads.js').Threads} threads
 */
export function addRoutes(app, threads) {
  list('/posts', {
    ...{ operationId: 'list_posts', summary: 'the newest posts, each with its number of comments' },
    ...{ answer: schemas.postWithComments, query: 'listPosts' },
  });
  readOne('/posts/:id', {
    ...{ operationId: 'read_post', summary: 'a post with its number of comments' },
    ...{ answer: schemas.postWithComments, query: 'readPost' },
  });
  listOfOne('/posts/:id/comments', {
    ...{ operationId: 'list_comments_of_post', summary: 'the comments on a post' },
    ...{ answer: schemas.comment, query: 'listCommentsOfPost' },
  });
  list('/comments', {
    ...{
      operationId: 'list_comments',
      summary: 'the newest comments, each with how many its author has written',
    },
    ...{ answer: schemas.commentWithAuthor, query: 'listComments' },
  });
  list('/users', {
    ...{ operationId: 'list_users', summary: 'users, each with the number of their posts' },
    ...{ answer: schemas.userWithPosts, query: 'listUsers' },
  });
  readOne('/users/:id', {
    ...{ operationId: 'read_user', summary: 'a user with the number of their comments' },
    ...{ answer: schemas.userWithComments, query: 'readUser' },
  });
  listOfOne('/users/:id/posts', {
    ...{ operationId: 'list_posts_of_user', summary: "a user's posts, each with its number of comments" },
    ...{ answer: schemas.postWithComments, query: 'listPostsOfUser' },
  });
  list('/albums', {
    ...{ operationId: 'list_albums', summary: 'albums, each with its number of photos' },
    ...{ answer: schemas.album, query: 'listAlbums' },
  });
  addWrites(app, threads);

  /** @param {string} path @param {Described} described */
  function list(path, { answer, query, ...said }) {
    const schema = { ...said, tags: [tagOf(path)], response: { 200: schemas.listOf(answer) } };
    app.get(path, { schema }, () => threads.call(query));
  }

  /** @param {string} path @param {Described} described */
  function listOfOne(path, { answer, query, ...said }) {
    const response = { 200: schemas.listOf(answer), 400: schemas.problem('The id is not valid') };
    const schema = { ...said, tags: [tagOf(path)], params: schemas.idParams, response };
    app.get(path, { schema }, (request) => threads.call(query, idOf(request)));
  }

  /** @param {string} path @param {Described} described */
  function readOne(path, { answer, query, ...said }) {
    const schema = { ...said, tags: [tagOf(path)], params: schemas.idParams, response: found(answer) };
    app.get(
      path,
      { schema },
      async (request, reply) => (await threads.call(query, idOf(request))) ?? notFound(request, reply),
    );
  }
}

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {import('./threads.js').Threads} threads
 */
function addWrites(app, threads) {
  const create = {
    ...{ operationId: 'create_post', summary: 'write a post', tags: ['posts'], body: schemas.newPost },
    response: { 201: schemas.post, 400: schemas.problem('The body is not valid') },
  };
  app.post('/posts', { schema: create }, async (request, reply) => {
    reply.code(201);
    return threads.call('createPost', request.body);
  });
  const replace = {
    ...{ operationId: 'replace_post', summary: 'write a post anew', tags: ['posts'], body: schemas.newPost },
    ...{ params: schemas.idParams, response: found(schemas.post) },
  };
  app.put(
    '/posts/:id',
    { schema: replace },
    async (request, reply) =>
      (await threads.call('replacePost', idOf(request), request.body)) ?? notFound(request, reply),
  );
}

/** @param {string} path */
function tagOf(path) {
  return path.split('/')[1] ?? '';
}

/** @param {object} answer */
function found(answer) {
  return {
    200: answer,
    400: schemas.problem('The id or the body is not valid'),
    404: schemas.problem('No such row'),
  };
}

/** @param {import('fastify').FastifyRequest} request */
function idOf({ params }) {
  return /** @type {{ id: number }} */ (params).id;
}

/**
 * @param {import('fastify').FastifyRequest} request
 * @param {import('fastify').FastifyReply} reply
 */
function notFound(request, reply) {
  reply.code(404);
  return { statusCode: 404, error: 'Not Found', message: `There is nothing at ${request.url}.` };
}
