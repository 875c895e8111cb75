/** What the connections of probes are called, so that they can be told from those of the target. */
export const APPLICATION_NAME = 'openapi-bench';

/** In each statement of a probe, within it: pg_stat_statements leaves out what stands before. */
export const OWN_MARK = 'probe of openapi-bench';

/** Less than the other probes wait for one (`watched-probes.ts`). */
export const CONNECT_LIMIT_MS = 800;
export const ANSWER_LIMIT_MS = 800;
