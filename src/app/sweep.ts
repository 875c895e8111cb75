export { sweepNow } from '../target/processes/sweeper.js';
