import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findInstalled, foldersWith } from '../../../src/target/services/find-folder.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'find-folder-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Makes programs that print a version in a folder below the root. */
function installed(folder: string, version: string, programs = ['db', 'db-tool']): string {
  const path = join(root, folder);
  mkdirSync(path, { recursive: true });
  for (const program of programs) {
    writeFileSync(join(path, program), `#!/bin/sh\necho "db (Database) ${version}"\n`);
    chmodSync(join(path, program), 0o755);
  }
  return path;
}
const wanted = (least: number) => ({
  ...{ programs: ['db', 'db-tool'], places: [join(root, 'lib/*/bin')], version: /(\d+(?:\.\d+)*)/, least },
});

describe('the folders of a database', () => {
  test('are those on the PATH, then the later versions in the usual places', () => {
    const [nine, ten] = [installed('lib/9.6/bin', '9.6'), installed('lib/10/bin', '10.2')];
    const own = installed('own', '12');
    expect(foldersWith(['db', 'db-tool'], [join(root, 'lib/*/bin')], own)).toEqual([own, ten, nine]);
  });

  test('hold all of its programs; a link on the PATH leads to them', () => {
    const ten = installed('lib/10/bin', '10.2');
    installed('lib/11/bin', '11', ['db']);
    const path = join(root, 'path');
    mkdirSync(path);
    symlinkSync(join(ten, 'db'), join(path, 'db'));
    expect(foldersWith(['db', 'db-tool'], [], path)).toEqual([ten]);
    expect(foldersWith(['db', 'db-tool'], [join(root, 'lib/*/bin')], '')).toEqual([ten]);
  });

  test('that are too old are passed over, and named where there is no other', async () => {
    const nine = installed('lib/9.6/bin', '9.6.24');
    const ten = installed('lib/10/bin', '10.2');
    expect(await findInstalled(wanted(10))).toEqual({ folder: ten, version: '10.2' });
    expect(await findInstalled(wanted(11))).toEqual({
      problem: `version 11 or later is needed, and there is 10.2 in ${ten} and 9.6.24 in ${nine}`,
    });
    rmSync(join(root, 'lib'), { recursive: true });
    expect(await findInstalled(wanted(10))).toBeUndefined();
  });
});
