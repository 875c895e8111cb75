import { join } from 'node:path';
import { SERVICE_TITLES } from '../../model/results/service.js';
import type { ServiceKind } from './service.js';
import { writeSecret } from './write-secret.js';

const FILE = 'redis.conf';

/** A cache: what it holds may be lost, so nothing goes to the disk. */
const SETTINGS = { save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' } as const;

/** TCP on loopback alone, with a password. */
export const redis: ServiceKind = {
  name: 'redis',
  title: SERVICE_TITLES.redis,
  variable: 'REDIS_URL',
  schemes: ['redis', 'rediss'],
  usualPort: 6379,
  user: 'redis',
  install: { linux: 'sudo apt-get install redis-server', darwin: 'brew install redis' },
  comesBack: 'empty',
  settings: () => SETTINGS,
  setUp: () => [],
  wanted: {
    programs: ['redis-server', 'redis-cli'],
    places: ['/usr/bin', '/usr/local/bin', '/opt/homebrew/opt/redis*/bin', '/usr/local/opt/redis*/bin'],
    // `Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64`
    version: /v=(\d+(?:\.\d+)*)/,
    // Its client takes the password from the environment.
    least: 6,
  },

  /** In a file: its words stand in the list of processes, and the password must not. */
  async prepare(place) {
    const settings = { ...SETTINGS, bind: '127.0.0.1', dir: place.folder, requirepass: place.password };
    await writeSecret(place, FILE, linesOf(settings).join('\n') + '\n');
    return null;
  },

  command: ({ folder, port }, program) => [
    program('redis-server'),
    join(folder, FILE),
    '--port',
    String(port),
  ],

  container: {
    image: 'redis:7-bookworm',
    versionWords: ['redis-server', '--version'],
    keys: {
      // The password in a file, as above; by the shell, since only the container has it. $$ is a $ in compose files.
      command: [
        'sh',
        '-c',
        [
          'umask 077',
          `printf '%s\\n' ${linesOf(SETTINGS)
            .map((line) => `'${line}'`)
            .join(' ')} "requirepass $$REDISCLI_AUTH" > /tmp/${FILE}`,
          `exec redis-server /tmp/${FILE}`,
        ].join(' && '),
      ],
      user: 'redis',
    },
    env: (password) => ({ REDISCLI_AUTH: password }),
  },

  isReady: (port) => [...client(port), 'PING'],
  makeEmpty: (port) => [[...client(port), 'FLUSHALL']],
  makeTemplate: null,
  save: (port) => [...client(port), 'SAVE'],
  toolEnv: (password) => ({ REDISCLI_AUTH: password }),
  url: ({ password, port }) => `redis://default:${password}@127.0.0.1:${port}/0`,
};

function client(port: number): string[] {
  return ['redis-cli', '-e', '-h', '127.0.0.1', '-p', String(port)];
}

function linesOf(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).map(([name, value]) => `${name} "${value}"`);
}
