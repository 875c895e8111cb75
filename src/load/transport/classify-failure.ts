import { codeOf } from '../../kernel/errors.js';

const KIND_BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  ETIMEDOUT: 'connect-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_SOCKET: 'connection-closed',
  UND_ERR_HEADERS_OVERFLOW: 'headers-too-large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'content-length-mismatch',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'response-too-large',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'host-unreachable',
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-not-trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-not-trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-not-trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-not-trusted',
  CERT_HAS_EXPIRED: 'certificate-not-trusted',
  CERT_NOT_YET_VALID: 'certificate-not-trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-not-trusted',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls-failed',
  EPROTO: 'tls-failed',
  ENOENT: 'socket-not-found',
  EMFILE: 'too-many-open-files',
  ENFILE: 'too-many-open-files',
  EADDRNOTAVAIL: 'no-free-local-port',
  HTTP2_NOT_SPOKEN: 'http2-not-spoken',
  ERR_HTTP2_ERROR: 'http2-protocol-error',
  ERR_HTTP2_GOAWAY_SESSION: 'http2-goaway',
  ERR_HTTP2_SESSION_ERROR: 'http2-goaway',
  ERR_HTTP2_INVALID_SESSION: 'connection-closed',
  // undici's: a stream that has ended before its answer, without an error of its own.
  UND_ERR_INFO: 'http2-stream-reset',
};

/** Every kind that has a name of its own, those of failed checks too; docs/failures.md explains each. */
export const FAILURE_KINDS: readonly string[] = [
  ...new Set(Object.values(KIND_BY_CODE)),
  'invalid-response',
  'response-cut-short',
  'reused-connection-closed',
  'check-header',
  'check-json',
  'check-bytes',
  'capture-missing',
  'http2-stream-refused',
  'unknown',
];

/** A short stable name for a network failure; unknown codes keep their own name in lower case. */
export function classifyFailure(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return classifyFailure(error.errors[0]);
  // By its name: undici 7.30 looks its parser's codes up the wrong way round, so they are undefined.
  if (error instanceof Error && error.name === 'HTTPParserError') return 'invalid-response';
  const code = codeOf(error);
  if (code === undefined) return 'unknown';
  if (error instanceof Error && code === STREAM_ERROR) return kindOfReset(error.message);
  if (error instanceof Error && code.startsWith('UND_ERR_')) {
    if (error.message.includes('"GOAWAY" frame')) return 'http2-goaway';
    // Its headers did not go out: the server had announced that it takes no more.
    if (error.message.includes('"frameError" received - type 1')) return 'http2-stream-refused';
  }
  return KIND_BY_CODE[code] ?? code.toLowerCase();
}

const STREAM_ERROR = 'ERR_HTTP2_STREAM_ERROR';

/** Why a stream was reset stands in the message only, as the name of the code of HTTP/2. */
function kindOfReset(message: string): string {
  if (message.includes('NGHTTP2_REFUSED_STREAM')) return 'http2-stream-refused';
  // Also what Node finds wrong with an answer: it resets the stream with this code.
  return message.includes('NGHTTP2_PROTOCOL_ERROR') ? 'http2-protocol-error' : 'http2-stream-reset';
}

/** How far a request had come when its connection was lost. */
interface Progress {
  /** Whether a byte of the answer had come. */
  readonly hasBegun: boolean;
  /** Whether the connection had carried a request before. */
  readonly isReused: boolean;
}

const LOSSES: ReadonlySet<string> = new Set(['connection-closed', 'connection-reset']);

/**
 * Tells three losses apart: of half an answer, of a connection that was used again just as the server
 * closed it, and of a new one.
 */
export function classifyLoss(kind: string, { hasBegun, isReused }: Progress): string {
  if (!LOSSES.has(kind)) return kind;
  if (hasBegun) return 'response-cut-short';
  return isReused ? 'reused-connection-closed' : kind;
}
