import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemUser } from '../../../src/target/services/system-user.js';

test('a user who is not root is found by the first name that there is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passwd-'));
  const file = join(folder, 'passwd');
  const lines = ['root:x:0:0::/root:/bin/sh', 'toor:x:0:0::/:/bin/sh', 'nobody:x:65534:65533::/:/bin/false'];
  writeFileSync(file, `${lines.join('\n')}\n`);

  expect(systemUser(['postgres', 'nobody'], file)).toEqual({ name: 'nobody', uid: 65534, gid: 65533 });
  expect(systemUser(['toor', 'root'], file)).toBeNull();
  expect(systemUser(['nobody'], join(folder, 'none'))).toBeNull();
  rmSync(folder, { recursive: true });
});
