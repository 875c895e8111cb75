import { ab } from './clients/ab.js';
import { autocannon } from './clients/autocannon.js';
import { bench, benchUsers } from './clients/bench.js';
import { h2load } from './clients/h2load.js';
import { hey } from './clients/hey.js';
import { k6 } from './clients/k6.js';
import { locust } from './clients/locust.js';
import { oha } from './clients/oha.js';
import { vegeta } from './clients/vegeta.js';
import { wrk, wrk2 } from './clients/wrk.js';

const own = [bench('precise'), bench('relaxed'), benchUsers];
const peers = [wrk2, vegeta, oha, k6, h2load, hey, autocannon, locust, wrk, ab];

/** @type {readonly import('./client.js').Client[]} */
export const clients = [...own, ...peers];
