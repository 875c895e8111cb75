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
  'unknown',
];

/** A short stable name for a network failure; unknown codes keep their own name in lower case. */
export function classifyFailure(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return classifyFailure(error.errors[0]);
  // By its name: undici 7.30 looks its parser's codes up the wrong way round, so they are undefined.
  if (error instanceof Error && error.name === 'HTTPParserError') return 'invalid-response';
  const code = codeOf(error);
  if (code === undefined) return 'unknown';
  return KIND_BY_CODE[code] ?? code.toLowerCase();
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
