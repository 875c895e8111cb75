import type { RunRule } from '../run-rule.js';
import { noSuccess } from './no-success.js';
import { requestsUnsuccessful } from './requests-unsuccessful.js';
import { serviceDeaths } from './service-deaths.js';
import { targetDeaths } from './target-deaths.js';
import { workersUneven } from './workers-uneven.js';

/** In the order in which a reader is told. */
export const runRules: readonly RunRule[] = [
  serviceDeaths,
  targetDeaths,
  noSuccess,
  requestsUnsuccessful,
  workersUneven,
];
