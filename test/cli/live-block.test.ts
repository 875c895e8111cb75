import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveBlock } from '../../src/cli/live-block.js';
import { systemClock } from '../../src/kernel/clock.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeScreen } from '../support/screen.js';

let screen: FakeScreen;
let lines: readonly string[];
let block: LiveBlock;
let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock();
  for (const name of ['nowUs', 'after', 'every'] as const)
    vi.spyOn(systemClock, name).mockImplementation(clock[name].bind(clock));
  screen = new FakeScreen();
  screen.write('before\n');
  screen.writes.length = 0;
  block = new LiveBlock(screen, () => lines);
});

afterEach(() => {
  block.end();
  vi.restoreAllMocks();
  expect(process.listeners('exit').map(({ name }) => name)).not.toContain('showCursor');
});

/** Shows these lines, once the frame before has stood long enough. */
function show(...next: string[]): void {
  lines = next;
  clock.advanceMs(100);
  block.changed();
}

describe('a block of lines', () => {
  it('stays where it is while its lines change', () => {
    show('one', 'a longer two', 'three');
    show('ONE', 'two', 'THREE');
    expect(screen.text).toEqual(['before', 'ONE', 'two', 'THREE']);
  });

  it('grows and shrinks', () => {
    show('one');
    show('one', 'two', 'three');
    expect(screen.text).toEqual(['before', 'one', 'two', 'three']);
    show('uno');
    expect(screen.text).toEqual(['before', 'uno']);
  });

  it('is written in one piece that clears nothing before it is written over', () => {
    show('one', 'two');
    show('one', 'TWO');
    expect(screen.writes).toHaveLength(2);
    expect(screen.writes[1]).toBe('\r\x1b[1A\x1b[?7lone\x1b[K\nTWO\x1b[K\x1b[J\x1b[?7h');
  });

  it('is not written when nothing has changed', () => {
    show('one');
    show('one');
    expect(screen.writes).toHaveLength(1);
  });

  it('is drawn ten times a second at most, the last state always', () => {
    show('0');
    for (let change = 1; change <= 500; change += 1) {
      lines = [String(change)];
      block.changed();
      clock.advanceMs(1);
    }
    clock.advanceMs(100);
    expect(screen.writes.length).toBeLessThanOrEqual(7);
    expect(screen.text).toEqual(['before', '500']);
  });

  it('is drawn once a second while nothing happens, for the time goes on', () => {
    show('10s left');
    lines = ['9s left'];
    clock.advanceMs(1000);
    expect(screen.text).toEqual(['before', '9s left']);
  });

  it('goes down for what is printed above it', () => {
    show('one', 'two');
    block.above(() => screen.write('a notice\n'));
    expect(screen.text).toEqual(['before', 'a notice', 'one', 'two']);
  });

  it('leaves nothing behind, and no timer', () => {
    show('one', 'two');
    block.end();
    screen.write('after\n');
    expect(screen.text).toEqual(['before', 'after']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('hides the cursor while it is drawn, and shows it at the end', () => {
    show('one');
    expect(screen.isCursorVisible).toBe(false);
    block.end();
    expect(screen.isCursorVisible).toBe(true);
  });

  it('shows the cursor also when the process is ended at once', () => {
    show('one');
    const atExit = process.listeners('exit').find(({ name }) => name === 'showCursor');
    atExit?.call(process, 0);
    expect(screen.isCursorVisible).toBe(true);
  });

  it('says nothing of itself when it never was drawn', () => {
    lines = [];
    block.changed();
    block.above(() => screen.write('a notice\n'));
    block.end();
    expect(screen.writes).toEqual(['a notice\n']);
  });

  it('never wraps a line that is wider than was thought', () => {
    screen.columns = 10;
    show('one', 'x'.repeat(30), 'three');
    show('ONE', 'x'.repeat(30), 'three');
    expect(screen.text).toEqual(['before', 'ONE', 'x'.repeat(10), 'three']);
  });

  it('survives a terminal that becomes narrower, and one that becomes wider', () => {
    show('1'.repeat(79), '2'.repeat(40), '3');
    screen.resize(30);
    show('1'.repeat(29), '2'.repeat(29), '3');
    expect(screen.text).toEqual(['before', '1'.repeat(29), '2'.repeat(29), '3']);
    screen.resize(60);
    show('1'.repeat(59), '2'.repeat(40), '3');
    expect(screen.text).toEqual(['before', '1'.repeat(59), '2'.repeat(40), '3']);
  });

  it('is never higher than the terminal', () => {
    screen.rows = 3;
    show('one', 'two', 'three', 'four');
    expect(screen.text).toEqual(['before', 'one', 'two']);
  });
});
