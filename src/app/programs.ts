/** The programs that run beside the CLI: compiled files next to this one. */
export const programs = {
  loadWorker: new URL('../entry/load-worker.js', import.meta.url),
  superviseTarget: new URL('../entry/supervise-target.js', import.meta.url),
} as const;
