import { Chalk } from 'chalk';
import { describe, expect, test, vi } from 'vitest';
import {
  describeError,
  isLiveTerminal,
  speaksUnicode,
  Terminal,
  type TerminalFlags,
} from '../../src/cli/terminal.js';
import { UserError } from '../../src/kernel/errors.js';

const plain = new Chalk({ level: 0 });

/** What a terminal writes where. */
function written(flags: TerminalFlags, use: (terminal: Terminal) => void): { out: string; err: string } {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    use(new Terminal(flags));
    return { out: out.mock.calls.join(''), err: err.mock.calls.join('') };
  } finally {
    vi.restoreAllMocks();
  }
}

const all = (terminal: Terminal): void => {
  terminal.show('table');
  terminal.note('note');
  terminal.json({ a: 1 });
  terminal.error(new UserError('run', 'no'));
};

describe('output goes', () => {
  test('to stdout, but for news and errors', () => {
    expect(written({}, all)).toEqual({ out: 'table\n{\n  "a": 1\n}\n', err: 'note\nError: no\n' });
  });

  test('to stdout as nothing but the object with --json', () => {
    expect(written({ json: true }, all)).toEqual({
      out: '{\n  "a": 1\n}\n',
      err: 'table\nnote\nError: no\n',
    });
  });

  test('to stderr with --events, whose lines have stdout', () => {
    const { out, err } = written({ events: true }, (terminal) => terminal.show('table'));
    expect({ out, err }).toEqual({ out: '', err: 'table\n' });
  });

  test('nowhere for news with --quiet, while errors stay', () => {
    expect(written({ quiet: true }, all)).toEqual({ out: 'table\n{\n  "a": 1\n}\n', err: 'Error: no\n' });
  });
});

describe('colour', () => {
  const colorOf = (flags: TerminalFlags, env: Record<string, string>): boolean => {
    vi.stubEnv('NO_COLOR', undefined);
    vi.stubEnv('FORCE_COLOR', undefined);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    vi.stubGlobal('process', {
      ...process,
      stdout: { isTTY: false },
      stderr: { isTTY: false },
      env: process.env,
    });
    const { color } = new Terminal(flags);
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    return color;
  };

  test.each<[string, TerminalFlags, Record<string, string>, boolean]>([
    ['is off away from a terminal', {}, {}, false],
    ['is on when it is forced', {}, { FORCE_COLOR: '1' }, true],
    ['is not forced by 0', {}, { FORCE_COLOR: '0' }, false],
    ['is off with NO_COLOR, forced or not', {}, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['is not switched off by an empty NO_COLOR', {}, { FORCE_COLOR: '1', NO_COLOR: '' }, true],
    ['is off with --no-color, forced or not', { color: false }, { FORCE_COLOR: '1' }, false],
  ])('%s', (_, flags, env, isOn) => {
    expect(colorOf(flags, env)).toBe(isOn);
  });
});

test('without a terminal there are 100 columns', () => {
  vi.stubGlobal('process', { ...process, stdout: { isTTY: false }, stderr: { isTTY: false }, env: {} });
  const { width } = new Terminal({});
  vi.unstubAllGlobals();
  expect(width).toBe(100);
});

describe('an error', () => {
  test('of the user is told with its hint and without a stack', () => {
    expect(describeError(new UserError('usage', 'no such file', 'Name another.'), plain)).toBe(
      'Error: no such file\nName another.',
    );
    expect(describeError(new UserError('usage', 'no'), plain)).toBe('Error: no');
  });

  test.each([
    ['EMFILE', 'bench has as many files open as it may', 'ulimit -n'],
    ['EAGAIN', 'this user may start no more processes', 'ulimit -u'],
  ])('of the machine, as %s, is no fault of bench', (code, what, toDo) => {
    const error = Object.assign(new Error(`${code}: it failed`), { code });
    const text = describeError(error, plain);
    expect(text).toMatch(`Error: The run could not go on: ${what} (${code}: it failed).\n`);
    expect(text).toContain(toDo);
    expect(text).not.toContain('Internal');
  });

  test('of ours is told with its stack', () => {
    const error = new TypeError('oops');
    expect(describeError(error, plain)).toBe(
      `Internal error: this is a fault of bench, please report it.\n${error.stack ?? ''}`,
    );
    expect(describeError('oops', plain)).toContain('\noops');
  });
});

describe('Unicode', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['a UTF-8 locale', { LANG: 'de_DE.UTF-8' }, true],
    ['another spelling of it', { LANG: 'C.utf8' }, true],
    ['no locale at all', {}, true],
    ['empty variables, which are none', { LC_ALL: '', LANG: 'C' }, false],
    ['the C locale', { LANG: 'C' }, false],
    ['a locale of another encoding', { LANG: 'de_DE.ISO-8859-1' }, false],
    ['LC_ALL, which goes before LANG', { LC_ALL: 'C', LC_CTYPE: 'C.UTF-8', LANG: 'C.UTF-8' }, false],
    ['LC_CTYPE, which goes before LANG', { LC_CTYPE: 'C.UTF-8', LANG: 'C' }, true],
    ['a terminal without capabilities', { TERM: 'dumb', LANG: 'C.UTF-8' }, false],
    ['the console of Linux', { TERM: 'linux', LANG: 'C.UTF-8' }, false],
  ])('is told from %s', (_, env, expected) => {
    expect(speaksUnicode(env)).toBe(expected);
  });
});

describe('lines are drawn anew', () => {
  test.each<[string, TerminalFlags, { err?: boolean; out?: boolean; TERM?: string }, boolean]>([
    ['on a terminal', {}, {}, true],
    ['not in a log', {}, { err: false }, false],
    ['not with --quiet', { quiet: true }, {}, false],
    ['not where the terminal cannot', {}, { TERM: 'dumb' }, false],
    ['beside events that go elsewhere', { events: true }, { out: false }, true],
    ['not between events on the same terminal', { events: true }, {}, false],
  ])('%s', (_, flags, { err = true, out = true, TERM = 'xterm' }, isLive) => {
    vi.stubGlobal('process', { ...process, stdout: { isTTY: out }, stderr: { isTTY: err }, env: { TERM } });
    try {
      expect(isLiveTerminal(flags)).toBe(isLive);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
