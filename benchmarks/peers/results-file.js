import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Several programs write into one file of results: each replaces the part that begins with its heading, or adds it.
 *
 * @param {string} file
 * @param {string} text begins with a heading of the first level, and has no other
 */
export function writePart(file, text) {
  const heading = text.split('\n')[0];
  const parts = read(file)
    .split(/^(?=# )/m)
    .filter((part) => part.trim() !== '');
  const at = parts.findIndex((part) => part.split('\n')[0] === heading);
  parts.splice(at === -1 ? parts.length : at, at === -1 ? 0 : 1, text);
  writeFileSync(file, parts.map((part) => `${part.trim()}\n`).join('\n'));
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
