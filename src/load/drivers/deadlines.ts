/** How often expired requests are looked for, in milliseconds. */
export const EXPIRY_PERIOD_MS = 5;
/** After the last deadline this much more is waited, in microseconds; then the rest is unfinished. */
export const DRAIN_GRACE_US = 1e6;
