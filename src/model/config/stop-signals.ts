/** Signals that may be sent to end a server. */
export const STOP_SIGNALS = [
  'SIGTERM',
  'SIGINT',
  'SIGQUIT',
  'SIGHUP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGKILL',
] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];
