import { describe, expect, it } from 'vitest';
import { generatorFailed } from '../../../src/app/run/generator-failed.js';
import { UserError } from '../../../src/kernel/errors.js';

describe('a generator that ended', () => {
  it.for([
    ['its process ended with SIGKILL', /Another program killed it/],
    ['its process ended with SIGABRT', /--max-old-space-size/],
    ['its process ended with code 134', /--max-old-space-size/],
  ] as const)('because %s is the doing of the machine or the user', ([message, hint]) => {
    expect(generatorFailed(message)).toMatchObject({
      fault: 'run',
      message: expect.stringContaining(message),
      hint: expect.stringMatching(hint),
    });
  });

  it('by itself is a fault of ours', () => {
    expect(generatorFailed('its process ended with code 1')).not.toBeInstanceOf(UserError);
  });
});
