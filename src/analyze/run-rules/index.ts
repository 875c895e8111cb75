import type { RunRule } from '../run-rule.js';
import { noSuccess } from './no-success.js';
import { requestsUnsuccessful } from './requests-unsuccessful.js';
import { targetDeaths } from './target-deaths.js';
import { workersUneven } from './workers-uneven.js';

/** In the order in which a reader is told. */
export const runRules: readonly RunRule[] = [targetDeaths, noSuccess, requestsUnsuccessful, workersUneven];
