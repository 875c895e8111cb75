import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { interruptible } from '../../src/cli/interrupt.js';
import { listenForInterrupts } from '../../src/cli/signals.js';
import { Terminal } from '../../src/cli/terminal.js';

/** How often the process was asked to exit, and with which codes. */
let exits: unknown[] = [];
let said = '';
const listeners = new Map<string | symbol, () => void>();

beforeEach(() => {
  exits = [];
  said = '';
  vi.spyOn(process, 'on').mockImplementation((name, listener: () => void) => {
    listeners.set(name, listener);
    return process;
  });
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    exits.push(code);
    return undefined as never;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  listenForInterrupts();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const watched = { terminal: new Terminal({ color: false }), clear: () => {} };

function send(name: NodeJS.Signals): void {
  listeners.get(name)!();
}

describe('work that can be interrupted', () => {
  it.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'is aborted by %s, says so, and ends with 130',
    async (name) => {
      const code = await interruptible(watched, async (signal) => {
        send(name);
        signal.throwIfAborted();
        return 0;
      });

      expect({ code, said, exits }).toEqual({
        code: 130,
        said: 'Stopping. Once more to stop at once.\n',
        exits: [],
      });
    },
  );

  it('ends with 130 also when it does not notice', async () => {
    const code = await interruptible(watched, async () => {
      send('SIGTERM');
      return 0;
    });

    expect(code).toBe(130);
  });

  it('takes a signal that npm passes on at once for the same wish, also after its end', async () => {
    await interruptible(watched, async () => {
      send('SIGINT');
      send('SIGINT');
      return 0;
    });
    send('SIGINT');

    expect(exits).toEqual([]);
  });

  it('exits at an interrupt that comes after its end', async () => {
    const code = await interruptible(watched, async () => 0);
    send('SIGHUP');

    expect({ code, exits }).toEqual({ code: 0, exits: [130] });
  });

  it('passes on its own errors', async () => {
    const work = interruptible(watched, () => Promise.reject(new Error('broken')));

    await expect(work).rejects.toThrow('broken');
  });
});
