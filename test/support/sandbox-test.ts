import { test } from 'vitest';
import { Sandbox } from './sandbox.js';

/** A test with a sandbox of its own, in which nothing may be left at its end. */
export const sandboxTest = test.extend<{ sandbox: Sandbox }>({
  sandbox: async ({ task: _ }, use) => {
    const sandbox = new Sandbox();
    await use(sandbox);
    await sandbox.close();
  },
});
