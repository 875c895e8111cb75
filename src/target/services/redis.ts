import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool, succeeds } from './run-tool.js';
import type { InstalledService, ServiceKind, ServicePlace, Wanted } from './service.js';

const WANTED: Wanted = {
  programs: ['redis-server', 'redis-cli'],
  places: ['/usr/bin', '/usr/local/bin', '/opt/homebrew/opt/redis*/bin', '/usr/local/opt/redis*/bin'],
  // `Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64`
  version: /v=(\d+(?:\.\d+)*)/,
  // Its client takes the password from the environment.
  least: 6,
};

const FILE = 'redis.conf';

/** A cache: what it holds may be lost, so nothing goes to the disk. */
const SETTINGS = { save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' } as const;

/** A private Redis: TCP on loopback alone, with a password. */
export const redis: ServiceKind = {
  name: 'redis',
  title: 'Redis',
  variable: 'REDIS_URL',
  user: 'redis',
  install: { linux: 'sudo apt-get install redis-server', darwin: 'brew install redis' },
  comesBack: 'empty',
  wanted: WANTED,
  installedIn: (folder, version) => new Redis(folder, version),
};

class Redis implements InstalledService {
  readonly settings = SETTINGS;

  constructor(
    private readonly folder: string,
    readonly version: string,
  ) {}

  /** In a file: its words stand in the list of processes, and the password must not. */
  async prepare({ folder, port, password, user }: ServicePlace): Promise<null> {
    const settings = {
      ...SETTINGS,
      bind: '127.0.0.1',
      port: String(port),
      dir: folder,
      requirepass: password,
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}"\n`);
    const file = join(folder, FILE);
    await writeFile(file, lines.join(''), { mode: 0o600 });
    if (user !== null) await chown(file, user.uid, user.gid);
    return null;
  }

  words({ folder }: ServicePlace): readonly string[] {
    return [join(this.folder, 'redis-server'), join(folder, FILE)];
  }

  isReady(place: ServicePlace): Promise<boolean> {
    return succeeds([...this.client(place), 'PING'], toolOptions(place));
  }

  async makeEmpty(place: ServicePlace): Promise<string> {
    await runTool([...this.client(place), 'FLUSHALL'], toolOptions(place));
    return `redis://default:${place.password}@127.0.0.1:${place.port}/0`;
  }

  private client({ port }: ServicePlace): string[] {
    return [join(this.folder, 'redis-cli'), '-e', '-h', '127.0.0.1', '-p', String(port)];
  }
}

function toolOptions({ user, folder, password }: ServicePlace) {
  return { user, folder, env: { REDISCLI_AUTH: password } };
}
