/*
 * The program of a server that does nothing but answer, as fast as this runtime can: what is measured
 * against it is the generator. Its port is the only argument.
 */
import { createServer } from 'node:net';

const ANSWER = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');

const server = createServer({ noDelay: true }, (socket) => {
  // One request at a time comes on a connection, each in one piece.
  socket.on('data', () => socket.write(ANSWER));
  // Clients reset their connections in the end.
  socket.on('error', () => socket.destroy());
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
