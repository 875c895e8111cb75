import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StopWish } from '../supervise.js';
import type { Compose } from './find-compose.js';
import { runTool, succeeds } from './run-tool.js';
import type {
  KeptProgram,
  ServiceKind,
  ServicePlace,
  ServiceRunner,
  Step,
  ToolCall,
  Words,
} from './service.js';
import { writeSecret } from './write-secret.js';

const FILE = 'compose.yaml';
const ENV_FILE = 'service.env';
const GRACE_MS = 15_000;

/**
 * A database in a container, a Compose project of its own. Its `up` runs as the supervised program and ends with the container;
 * what is left of the project goes with `down`, also where bench is killed.
 */
export class ContainerService implements ServiceRunner {
  readonly from = 'compose';
  readonly title: string;
  readonly settings: ServiceRunner['settings'];
  private readonly project = `openapi-bench-${randomBytes(4).toString('hex')}`;

  constructor(
    private readonly kind: ServiceKind,
    private readonly compose: Compose,
  ) {
    this.title = `${kind.title} in a container (${kind.container.image})`;
    this.settings = kind.settings(null);
  }

  /** The image has its own. */
  user(): null {
    return null;
  }

  async prepare(place: ServicePlace): Promise<Step | null> {
    const { container } = this.kind;
    const lines = Object.entries(container.env(place.password)).map(([name, value]) => `${name}=${value}\n`);
    await writeSecret(place, ENV_FILE, lines.join(''));
    const { image } = container;
    if (await succeeds(this.call(place, ['docker', 'image', 'inspect', image]))) return null;
    return { title: `fetching the image ${image}`, words: ['docker', 'pull', image] };
  }

  async start(place: ServicePlace): Promise<{ words: Words; stop: StopWish }> {
    const document = composeDocument(this.kind, place.port);
    await writeFile(join(place.folder, FILE), JSON.stringify(document, null, 2));
    const { name } = this.kind;
    return {
      words: this.words(place, ['up', '--no-color', '--no-log-prefix', '--exit-code-from', name]),
      stop: { signal: 'SIGINT', graceMs: GRACE_MS, words: this.down(place), wordsLast: true },
    };
  }

  async version(place: ServicePlace): Promise<string | null> {
    const said = await runTool(this.tool(place, this.kind.container.versionWords));
    return this.kind.wanted.version.exec(said)?.[1] ?? null;
  }

  /** In the container nobody else listens. */
  toolPort(): number {
    return this.kind.usualPort;
  }

  tool(place: ServicePlace, words: Words): ToolCall {
    return this.call(place, this.words(place, ['exec', '-T', this.kind.name, ...words]));
  }

  async clean(place: ServicePlace): Promise<void> {
    await runTool(this.call(place, this.down(place)));
  }

  async keep(place: ServicePlace, program: KeptProgram): Promise<string> {
    await program.leave();
    return this.down(place).join(' ');
  }

  private down(place: ServicePlace): Words {
    return this.words(place, ['down', '--volumes', '--timeout', '5']);
  }

  private words({ folder }: ServicePlace, words: Words): Words {
    return [...this.compose.words, '--project-name', this.project, '--file', join(folder, FILE), ...words];
  }

  /** Docker finds its engine by the user's variables and files. */
  private call({ folder }: ServicePlace, words: Words): ToolCall {
    return { words, user: null, folder, env: process.env };
  }
}

/** What Compose is told; YAML holds all of JSON. */
function composeDocument(kind: ServiceKind, port: number): Readonly<Record<string, unknown>> {
  const { name, usualPort, container } = kind;
  const { image, keys } = container;
  // This machine alone may ask it.
  const ports = [`127.0.0.1:${port}:${usualPort}`];
  return { services: { [name]: { image, ...keys, env_file: [`./${ENV_FILE}`], ports } } };
}
