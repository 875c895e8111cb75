import { EXIT } from './exit-codes.js';

/** The first Ctrl-C (or SIGTERM) asks for a clean end, the second ends at once. */
export function abortOnInterrupt(onFirst: () => void): { signal: AbortSignal; release: () => void } {
  const stopper = new AbortController();
  const onSignal = (): void => {
    // The target dies all the same: its supervisor notices that we are gone.
    if (stopper.signal.aborted) process.exit(EXIT.interrupted);
    onFirst();
    stopper.abort(new Error('interrupted'));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: stopper.signal,
    release: () => {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
