import { spawnSync } from 'node:child_process';
import { cpus, loadavg, release } from 'node:os';

export const GENERATOR_CORE = 0;
export const SERVER_CORE = 1;

const PIN = 'taskset';

/** @param {number | string} cores one, or several with commas @param {string} program @param {readonly string[]} args */
export function pinned(cores, program, args) {
  return { program: PIN, args: ['-c', String(cores), program, ...args] };
}

/** All threads of this process. @param {number} core */
export function pinSelf(core) {
  spawnSync(PIN, ['-a', '-c', '-p', String(core), String(process.pid)]);
}

/** @param {string} program */
export function isInstalled(program) {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0;
}

/** What is like a version in the first line that the program says of itself. @param {string} program @param {readonly string[] | null} args */
export function versionOf(program, args) {
  const { stdout, stderr } = args ? spawnSync(program, args) : { stdout: '', stderr: '' };
  const said = /v?\d+\.\d+(\.\d+)?(-\w+)?/.exec(
    `${stdout.toString()}${stderr.toString()}`.split('\n')[0] ?? '',
  );
  return said?.[0].replace(/^v/, '') ?? 'version not told';
}

export function machine() {
  const cores = cpus();
  return {
    node: process.version.slice(1),
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    kernel: release(),
    loadAverage1m: loadavg()[0] ?? Number.NaN,
    nginx: isInstalled('nginx') ? versionOf('nginx', ['-v']) : null,
  };
}
