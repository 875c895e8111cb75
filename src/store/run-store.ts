import { constants, existsSync } from 'node:fs';
import { access, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { codeOf, UserError } from '../kernel/errors.js';
import { jsonText, safeFileName } from '../kernel/text.js';
import type { CellFile, SampleFile, RunRecord } from '../model/results/run-record.js';
import { writeAtomically } from './atomic-write.js';
import { whyNotWritten } from './why-not-written.js';

/** A results directory under construction. */
export class RunStore {
  private readonly names = new Set<string>();

  private constructor(readonly folder: string) {}

  /** Makes a new results directory, right after `onFree`; refuses one that holds something already. */
  static async create(folder: string, onFree = (): void => {}): Promise<RunStore> {
    const path = resolve(folder);
    try {
      await refuseUsed(path);
      onFree();
      await makeFolder(path);
      await access(path, constants.W_OK);
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(
        'usage',
        `The results directory ${path} cannot be written: ${whyNotWritten(error, path)}.`,
        OUT_HINT,
      );
    }
    return new RunStore(path);
  }

  get logFile(): string {
    return join(this.folder, 'server.log');
  }

  /** An id for a cell's files that no other cell has, whatever characters its subject's name holds. */
  cellId([subject = '', ...load]: readonly string[]): string {
    // The load comes after what is cut off of a long name.
    const name = [subject, ...load].map(safeFileName).join('_');
    let id = name;
    // Some file systems take a_1 and A_1 for one name.
    for (let copy = 2; this.names.has(id.toLowerCase()); copy += 1) id = `${name}_${copy}`;
    this.names.add(id.toLowerCase());
    return id;
  }

  async writeRun(record: RunRecord): Promise<void> {
    await this.write('results.json', record);
  }

  async writeCell(cell: CellFile, samples: SampleFile): Promise<void> {
    await this.write(`${cell.id}.json`, cell);
    await this.write(`${cell.id}_cpu.json`, samples);
  }

  private async write(name: string, content: unknown): Promise<void> {
    const path = join(this.folder, name);
    try {
      await writeAtomically(path, `${jsonText(content, 2)}\n`);
    } catch (error) {
      throw new UserError(
        'run',
        `${path} could not be written: ${whyNotWritten(error, path)}.`,
        `The cells finished before are kept: bench plot ${this.folder} shows them.`,
        { cause: error },
      );
    }
  }
}

const OUT_HINT = 'Choose another place with --out DIR.';

async function refuseUsed(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return;
  if (!found.isDirectory())
    throw new UserError('usage', `The results directory ${path} is a file.`, OUT_HINT);
  if ((await readdir(path)).length > 0) {
    throw new UserError(
      'usage',
      `The results directory ${path} exists already and is not empty.`,
      `${OUT_HINT} Results are never written over.`,
    );
  }
}

/** With those above it. Node's own recursive mkdir never returns where nothing can be made, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path);
}
