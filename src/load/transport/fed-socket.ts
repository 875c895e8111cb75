/*
 * Hot path: runs for every piece of an answer.
 */
import type { Socket } from 'node:net';
import type { Address } from '../../model/generation/generator.js';
import { openSocket } from './open-socket.js';

/**
 * A socket that undici reads from, though it does not read by itself: all that is received goes into the buffer that
 * every connection shares, and from there to `onPiece`, which decides what undici gets of it. So undici saves a buffer
 * and a turn of the event loop for each answer.
 */
export class FedSocket {
  readonly socket: Socket;
  /** What undici has not read yet. */
  private piece: Buffer | null = null;

  constructor(address: Address, buffer: Buffer, onPiece: (piece: Buffer) => void) {
    const callback = (length: number): boolean => {
      // Copied: undici keeps parts of a head until the rest of it has come.
      onPiece(Buffer.from(buffer.subarray(0, length)));
      return true;
    };
    const socket = openSocket(address, 'http/1.1', { buffer, callback });
    const read = socket.read.bind(socket);
    socket.read = (size?: number): unknown => {
      const { piece } = this;
      if (piece === null || size === 0) return read(size) as unknown;
      this.piece = null;
      return piece;
    };
    this.socket = socket;
  }

  /** Has undici read the piece. */
  feed(piece: Buffer): void {
    this.piece = piece;
    this.socket.emit('readable');
  }
}
