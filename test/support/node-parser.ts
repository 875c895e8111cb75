import { request, type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';

/** What Node's own client (llhttp) makes of an answer. */
export interface NodeReading {
  readonly status: number;
  readonly bodyBytes: number;
}

/**
 * Has Node's HTTP client read these bytes as the answer to a request, after which the connection ends;
 * undefined when it fails. There is no network: the connection is a stream in memory.
 */
export function readWithNode(bytes: Uint8Array, isHead: boolean): Promise<NodeReading | undefined> {
  return new Promise((resolve) => {
    let isAsked = false;
    const connection = new Duplex({
      read() {},
      write(_chunk, _encoding, done) {
        done();
        if (isAsked) return;
        isAsked = true;
        connection.push(bytes);
        connection.push(null);
      },
    });
    const asked = request({
      method: isHead ? 'HEAD' : 'GET',
      createConnection: () => connection,
      maxHeaderSize: 64 * 1024,
      headers: { connection: 'keep-alive' },
    });
    asked.on('error', () => resolve(undefined));
    asked.on('upgrade', ({ statusCode }) => resolve({ status: statusCode!, bodyBytes: 0 }));
    asked.on('response', (answer: IncomingMessage) => {
      let bodyBytes = 0;
      answer.on('data', (data: Buffer) => {
        bodyBytes += data.length;
      });
      answer.on('error', () => resolve(undefined));
      answer.on('end', () => resolve({ status: answer.statusCode!, bodyBytes }));
    });
    asked.end();
  });
}
