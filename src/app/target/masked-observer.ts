import type { SecretMask } from '../../config/secret-mask.js';
import type { Observer } from '../../model/live/run-events.js';

/** The same observer, which hears of no secret. */
export function maskedObserver(observe: Observer, mask: SecretMask): Observer {
  return (event) => observe('message' in event ? { ...event, message: mask.text(event.message) } : event);
}

/** Does the work; what it throws holds no secret. */
export async function withMaskedErrors<T>(mask: SecretMask, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw mask.error(error);
  }
}
