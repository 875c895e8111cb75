import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestContext } from 'vitest';

const PERIOD_US = 100_000;
const V1 = '/sys/fs/cgroup/cpu';
const V2 = '/sys/fs/cgroup';
const MOST_LOOKS = 100;

/** A control group with a CPU quota; what starts through `words` runs in it. */
export class CpuGroup {
  constructor(
    private readonly folder: string,
    private readonly version: 1 | 2,
  ) {}

  /** Words that start a command in the group, before its own. */
  get words(): string[] {
    return ['sh', '-c', `echo $$ > ${this.folder}/cgroup.procs; exec "$@"`, 'sh'];
  }

  setCores(cores: number): void {
    const quotaUs = Math.round(cores * PERIOD_US);
    const [file, text] =
      this.version === 1 ? ['cpu.cfs_quota_us', quotaUs] : ['cpu.max', `${quotaUs} ${PERIOD_US}`];
    writeFileSync(join(this.folder, file), String(text));
  }

  /** Once the last of its processes has ended. */
  async remove(): Promise<void> {
    for (let look = 0; readFileSync(join(this.folder, 'cgroup.procs'), 'utf8') !== ''; look += 1) {
      if (look === MOST_LOOKS) throw new Error(`processes are left in ${this.folder}`);
      await sleep(50);
    }
    rmdirSync(this.folder);
  }
}

/** Without the right to make groups, or with a controller that is given away, the test is skipped. */
export function makeCpuGroup(cores: number, skip: TestContext['skip']): CpuGroup {
  const version = existsSync(join(V1, 'cpu.cfs_quota_us')) ? 1 : 2;
  const folder = join(version === 1 ? V1 : V2, `bench-test-${process.pid}-${performance.now().toFixed(0)}`);
  try {
    mkdirSync(folder);
  } catch (error) {
    return skip(`needs the right to make control groups: ${String(error)}`);
  }
  const group = new CpuGroup(folder, version);
  try {
    group.setCores(cores);
    return group;
  } catch (error) {
    rmdirSync(folder);
    return skip(`needs control groups with CPU quotas: ${String(error)}`);
  }
}
