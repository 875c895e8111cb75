import { describe, expect, it } from 'vitest';
import { refuseFewFiles } from '../../../src/app/target/refuse-few-files.js';
import { userErrorOf } from '../../support/caught.js';

describe('the limit of open files', () => {
  it.for([32, 64, 256, 383])('is too low at %i, and the message says what to raise', async (limit) => {
    const error = await userErrorOf(() => refuseFewFiles(limit));

    expect(error).toMatchObject({
      fault: 'run',
      message: `This process may have ${limit} files open at once, and bench needs 384.`,
      hint: expect.stringContaining('ulimit -Hn'),
    });
  });

  it.for([384, 1024, null])('is no hindrance at %s', (limit) => {
    expect(() => refuseFewFiles(limit)).not.toThrow();
  });
});
