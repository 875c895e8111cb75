/*
 * Ways to end connections that a client has to live with. Every request is answered; one that is lost because it met
 * an end that was not announced is allowed for.
 */

/**
 * @typedef {object} Manner
 * @property {string} name
 * @property {(socket: import('node:net').Socket, request: number) => boolean} answer whether it ends the connection, or announces it
 * @property {boolean} losesSome whether a request may meet the end
 */

const MOST_REQUESTS = 100;

/** @param {string} header */
const ok = (header) => `HTTP/1.1 200 OK\r\n${header}Content-Length: 5\r\n\r\nhello`;

/** @type {readonly Manner[]} */
export const manners = [
  {
    name: 'keep-alive-zero',
    losesSome: false,
    answer(socket) {
      socket.write(ok('Keep-Alive: timeout=0\r\n'));
      return true;
    },
  },
  {
    name: 'keep-alive-zero-and-ends',
    losesSome: false,
    answer(socket) {
      socket.end(ok('Keep-Alive: timeout=0\r\n'));
      return true;
    },
  },
  {
    name: 'closes-after-100-announced',
    losesSome: false,
    answer(socket, request) {
      if (request < MOST_REQUESTS) socket.write(ok(''));
      else socket.end(ok('Connection: close\r\n'));
      return request >= MOST_REQUESTS;
    },
  },
  {
    name: 'closes-after-100-unannounced',
    losesSome: true,
    answer(socket, request) {
      if (request < MOST_REQUESTS) socket.write(ok(''));
      else socket.end(ok(''));
      return request >= MOST_REQUESTS;
    },
  },
];
