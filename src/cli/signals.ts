import { EXIT } from './exit-codes.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type InterruptSignal = (typeof SIGNALS)[number];

/** Called with the name of each interrupt. */
type Answer = (name: InterruptSignal) => void;

let answer: Answer = exitInterrupted;

/**
 * Listens for interrupts from now on; until `answerInterrupts` says otherwise, one ends the process at once. The
 * listeners are never taken off: a signal that comes while Node has none for it is lost.
 */
export function listenForInterrupts(): void {
  for (const name of SIGNALS) process.on(name, () => answer(name));
}

/** Has `next` answer interrupts from now on. */
export function answerInterrupts(next: Answer): void {
  answer = next;
}

export function exitInterrupted(): void {
  process.exit(EXIT.interrupted);
}
