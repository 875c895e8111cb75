#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { listenForInterrupts } from '../dist/cli/signals.js';

// Before the rest is loaded, which takes a while: from here on no interrupt is lost.
listenForInterrupts();

// Before anything else runs: after its first full collection V8 would collect three more times, eight
// seconds later, with helper threads on all cores. That is in the middle of the first measured cell.
setFlagsFromString('--no-incremental-marking');
const { main } = await import('../dist/cli/main.js');

process.exitCode = await main(process.argv);
