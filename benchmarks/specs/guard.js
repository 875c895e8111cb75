/*
 * Loaded before all else (`node --import`): a document must never make bench call a host, start a program or
 * read a file other than itself. What tries is stopped and noted; `triesSeen` tells.
 */
import childProcess from 'node:child_process';
import dns from 'node:dns';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @type {Set<string>} */
const tries = new Set();
const OWN_CODE = resolve(import.meta.dirname, '..', '..');
const allowedFile = resolve(process.argv[2] ?? '');

/** What was tried, in words. */
export function triesSeen() {
  return [...tries];
}

/** @param {string} what @returns {never} */
function refuse(what) {
  tries.add(what);
  throw new Error(`the guard of the witness stopped this: ${what}`);
}

/** @param {object} owner @param {readonly string[]} names @param {(args: readonly unknown[]) => string | undefined} wrong why a call is refused */
function watch(owner, names, wrong) {
  for (const name of names) {
    /** @type {unknown} */
    const before = Reflect.get(owner, name);
    if (typeof before !== 'function') throw new Error(`nothing named ${name} to watch`);
    const watched = /** @this {unknown} @param {unknown[]} args @returns {unknown} */ function (...args) {
      const reason = wrong(args);
      return reason === undefined ? Reflect.apply(before, this, args) : refuse(reason);
    };
    Reflect.set(owner, name, watched);
  }
}

/** @param {readonly unknown[]} args */
function otherFile([file]) {
  if (typeof file !== 'string' && !(file instanceof URL)) return undefined;
  const path = resolve(file instanceof URL || file.startsWith('file:') ? fileURLToPath(file) : file);
  const isCode = path.startsWith(OWN_CODE) || path.includes('/node_modules/');
  return path === allowedFile || isCode ? undefined : `reading ${path}`;
}

/** @param {readonly unknown[]} args */
const connecting = ([first]) => `connecting (${JSON.stringify(first)})`;

watch(net.Socket.prototype, ['connect'], connecting);
watch(dns, ['lookup', 'resolve', 'resolve4', 'resolve6'], ([name]) => `looking up ${String(name)}`);
watch(dns.promises, ['lookup', 'resolve'], ([name]) => `looking up ${String(name)}`);
watch(globalThis, ['fetch'], ([url]) => `fetching ${String(url)}`);
watch(
  childProcess,
  ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
  ([name]) => `starting ${String(name)}`,
);
watch(fs, ['readFile', 'readFileSync', 'open', 'openSync', 'createReadStream'], otherFile);
watch(fs.promises, ['readFile', 'open'], otherFile);
syncBuiltinESMExports();
