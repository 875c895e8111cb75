import { createClient } from '@redis/client';
import { ANSWER_LIMIT_MS, APPLICATION_NAME, CONNECT_LIMIT_MS } from './own-name.js';

type Client = ReturnType<typeof clientFor>;

/** One connection, opened when it is needed, and again after it was lost. */
export class RedisSession {
  private client: Client | undefined;
  private opening: Promise<Client> | undefined;

  constructor(private readonly url: string) {}

  /** What INFO answers, by its names. Rejects where Redis does not answer in time; the next call connects anew. */
  async info(): Promise<ReadonlyMap<string, string>> {
    const client = await this.connected();
    try {
      return fieldsOf(await client.sendCommand<string>(['INFO']));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  async open(): Promise<void> {
    await this.connected();
  }

  close(): void {
    const { client } = this;
    this.client = undefined;
    client?.destroy();
  }

  private connected(): Promise<Client> {
    if (this.client?.isReady === true) return Promise.resolve(this.client);
    this.opening ??= this.connect().finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async connect(): Promise<Client> {
    const client = clientFor(this.url);
    let lost: unknown;
    client.on('error', (error: unknown) => {
      // Without a listener it would end bench; the next look finds out.
      lost = error;
      if (this.client === client) this.client = undefined;
    });
    try {
      await client.connect();
    } catch (error) {
      // Of a socket that is closed, the client tells less than it was told.
      throw lost ?? error;
    }
    this.client = client;
    return client;
  }
}

function clientFor(url: string) {
  return createClient({
    ...{ url, name: APPLICATION_NAME, disableClientInfo: true, disableOfflineQueue: true },
    // The protocol that all versions speak.
    RESP: 2,
    commandOptions: { timeout: ANSWER_LIMIT_MS },
    socket: { connectTimeout: CONNECT_LIMIT_MS, reconnectStrategy: false },
  });
}

/** `used_memory:1048576` in each line, and comments between them. */
function fieldsOf(text: string): Map<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, name, value] = /^(\w+):(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}
