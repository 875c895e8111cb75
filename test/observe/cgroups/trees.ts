import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes files by their paths below a folder. */
export async function writeTree(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

const V2_MOUNT = '30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n';
const V1_CPU_MOUNT = '33 25 0:28 / /sys/fs/cgroup/cpu,cpuacct rw shared:15 - cgroup cgroup rw,cpu,cpuacct\n';

/** Machines as their files of /proc and /sys describe them. */
export const trees = {
  v2: {
    'proc/self/mountinfo': `22 1 8:1 / / rw - ext4 /dev/sda1 rw\n${V2_MOUNT}`,
    'proc/self/cgroup': '0::/user.slice/bench.scope\n',
    'proc/70/cgroup': '0::/system.slice/api.service/worker\n',
    'sys/fs/cgroup/user.slice/bench.scope/cpu.max': '50000 100000\n',
    'sys/fs/cgroup/user.slice/bench.scope/cpu.stat':
      'usage_usec 9\nnr_periods 40\nnr_throttled 20\nthrottled_usec 900000\n',
    'sys/fs/cgroup/user.slice/cpu.max': 'max 100000\n',
    'sys/fs/cgroup/system.slice/api.service/worker/cpu.max': '200000 100000\n',
    'sys/fs/cgroup/system.slice/api.service/worker/cpu.stat':
      'nr_periods 5\nnr_throttled 0\nthrottled_usec 0\n',
    'sys/fs/cgroup/system.slice/api.service/cpu.max': '75000 50000\n',
    'sys/fs/cgroup/system.slice/api.service/cpu.stat': 'nr_periods 5\nnr_throttled 2\nthrottled_usec 1000\n',
    'sys/fs/cgroup/user.slice/bench.scope/memory.max': 'max\n',
    'sys/fs/cgroup/user.slice/memory.max': '1073741824\n',
  },
  v1: {
    'proc/self/mountinfo': `${V1_CPU_MOUNT}34 25 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n`,
    'proc/self/cgroup': '5:memory:/jobs\n4:cpu,cpuacct:/jobs/a:b\n1:name=systemd:/\n',
    'sys/fs/cgroup/cpu,cpuacct/jobs/a:b/cpu.cfs_quota_us': '-1\n',
    'sys/fs/cgroup/cpu,cpuacct/jobs/a:b/cpu.cfs_period_us': '100000\n',
    'sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_quota_us': '25000\n',
    'sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_period_us': '50000\n',
    'sys/fs/cgroup/cpu,cpuacct/jobs/cpu.stat': 'nr_periods 40\nnr_throttled 7\nthrottled_time 1500000000\n',
    'sys/fs/cgroup/memory/jobs/memory.limit_in_bytes': '9223372036854771712\n',
    'sys/fs/cgroup/memory/memory.limit_in_bytes': '536870912\n',
  },
  hybrid: {
    'proc/self/mountinfo': `31 25 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n${V1_CPU_MOUNT}`,
    'proc/self/cgroup': '4:cpu,cpuacct:/jobs\n0::/user.slice\n',
    'sys/fs/cgroup/unified/user.slice/cpu.max': '10000 100000\n',
    'sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_quota_us': '150000\n',
    'sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_period_us': '100000\n',
  },
  /** In a container with a cgroup namespace of its own, where another process's group lies outside. */
  namespaced: {
    'proc/self/mountinfo': '30 23 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n',
    'proc/self/cgroup': '0::/\n',
    'proc/70/cgroup': '0::/../other\n',
    'sys/fs/cgroup/cpu.max': '300000 100000\n',
    'sys/fs/other/cpu.max': '1000 100000\n',
  },
  /** In a container of Docker on version 1: the group that is mounted is the container's, the path is the host's. */
  container: {
    'proc/self/mountinfo':
      String.raw`40 39 0:28 /docker/5\040c /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu` + '\n',
    'proc/self/cgroup': '4:cpu:/docker/5 c/inner\n',
    'proc/70/cgroup': '4:cpu:/docker/5 cc\n',
    'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n',
    'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    'sys/fs/cgroup/cpu/inner/cpu.cfs_quota_us': '80000\n',
    'sys/fs/cgroup/cpu/inner/cpu.cfs_period_us': '100000\n',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;
