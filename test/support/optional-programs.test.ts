import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { optionalProgram, requireProgram } from './optional-programs.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'optional-programs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that ends with this code. */
function install(name: string, code: number): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\nexit ${code}\n`, { mode: 0o755 });
  return file;
}

describe('an optional program', () => {
  it('is the first of its names that is there and starts', () => {
    install('chromium-browser', 1);
    const path = install('google-chrome', 0);
    expect(optionalProgram('chromium', { PATH: ['/nowhere', folder].join(delimiter) })).toEqual({ path });
  });

  it('that is not there is a reason to skip', () => {
    const missing = { reason: 'needs promtool, of the Debian package prometheus' };
    expect(optionalProgram('promtool', { PATH: folder })).toEqual(missing);
    expect(optionalProgram('promtool', {})).toEqual(missing);
  });

  it('skips the test that needs it, and fails it where it was promised', () => {
    const skip = vi.fn<() => never>(() => {
      throw new Error('skipped');
    });
    expect(() => requireProgram('xmllint', skip, { PATH: folder })).toThrow('skipped');
    expect(skip).toHaveBeenCalledWith(expect.stringMatching(/^needs xmllint/));
    const ci = { PATH: folder, BENCH_REQUIRE_OPTIONAL: '1' };
    expect(() => requireProgram('xmllint', skip, ci)).toThrow(/^needs xmllint/);
    expect(skip).toHaveBeenCalledTimes(1);
  });

  it('that is there is its path, and nothing is skipped', () => {
    const path = install('prometheus', 0);
    const skip = vi.fn<() => never>();
    expect(requireProgram('prometheus', skip, { PATH: folder, BENCH_REQUIRE_OPTIONAL: '1' })).toBe(path);
    expect(skip).not.toHaveBeenCalled();
  });
});
