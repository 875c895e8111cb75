import { coresInWords } from '../kernel/format.js';
import { usableCores, type MachineLimits } from '../model/results/fitness.js';

/** A load as far as the machine's limits care. */
export interface WantedLoad {
  readonly highestRatePerSecond: number;
  readonly maxConnections: number;
  /** Users at once, each of whom has a connection; 0 = none, all loads hold rates. */
  readonly mostUsers: number;
  readonly threads: number;
  readonly pacing: 'auto' | 'precise' | 'relaxed';
  readonly keepAlive: boolean;
  readonly isLocal: boolean;
}

/** Linux keeps the port of a closed connection for so long. */
const TIME_WAIT_SECONDS = 60;
/** Files that a connection's owner needs besides: channels, logs, the documents. */
const OTHER_FILES = 64;
/** What the advice adds to what is needed: Node holds some files from its start. */
const ROOM_FILES = 256;

/** What of a load this machine's limits cannot carry, each with its remedy; for people, before the run. */
export function limitsInTheWay(load: WantedLoad, limits: MachineLimits): string[] {
  return [
    tooManyFiles(load, limits),
    tooManyPorts(load, limits),
    tightQuota(load, limits) ?? tooManyThreads(load, limits),
  ].filter((problem) => problem !== undefined);
}

function tooManyFiles(load: WantedLoad, { freeFiles }: MachineLimits): string | undefined {
  const { maxConnections, mostUsers } = load;
  const wanted = Math.max(maxConnections, mostUsers);
  if (freeFiles === null || wanted + OTHER_FILES <= freeFiles) return undefined;
  const [who, instead] =
    mostUsers >= maxConnections
      ? [`${mostUsers} connections at once, one for each user or slot,`, 'lower --users or --concurrency']
      : [`${maxConnections} connections`, 'lower --max-connections'];
  return (
    `${who} need as many open files, and this process can open only ${freeFiles} more: ` +
    `requests will fail as too-many-open-files. Raise the limit (\`ulimit -n ${wanted + ROOM_FILES}\` in the shell ` +
    `that starts bench; beyond what \`ulimit -Hn\` shows, in /etc/security/limits.conf), or ${instead}.`
  );
}

function tooManyPorts(load: WantedLoad, { localPorts, reusesPorts }: MachineLimits): string | undefined {
  if (load.keepAlive || localPorts === null) return undefined;
  const holdSeconds = load.isLocal && reusesPorts ? 1 : TIME_WAIT_SECONDS;
  const mostPerSecond = Math.floor(localPorts / holdSeconds);
  if (load.highestRatePerSecond <= mostPerSecond) return undefined;
  return (
    `without keep-alive ${load.highestRatePerSecond}/s need as many new local ports a second, and this ` +
    `machine has ${localPorts} of them, each held for ${holdSeconds} s after its connection: about ` +
    `${mostPerSecond}/s. Lower the rate, or widen net.ipv4.ip_local_port_range.`
  );
}

function tooManyThreads({ threads, pacing }: WantedLoad, { cores }: MachineLimits): string | undefined {
  const spin = pacing === 'precise' ? ', and each of them spins' : '';
  if (threads > cores) {
    return `${threads} generator threads on ${cores} cores take turns${spin}: expect a higher send lag. See \`bench doctor\`.`;
  }
  if (pacing === 'precise' && threads === cores) {
    return `${threads} spinning generator threads leave no core to the target: use --pacing relaxed, or fewer --threads.`;
  }
  return undefined;
}

/** Of a quota also the harness itself lives: half a core at most, near the highest rates. */
const HARNESS_CORES = 0.5;

function tightQuota({ threads, pacing }: WantedLoad, limits: MachineLimits): string | undefined {
  const usable = usableCores(limits);
  if (usable >= limits.cores || usable >= threads + HARNESS_CORES) return undefined;
  const quota = `bench runs under a CPU quota (cgroup) of ${coresInWords(usable)}`;
  const remedy = 'Raise it, or run bench outside of it.';
  return pacing === 'precise'
    ? `${quota}, and --pacing precise spins on ${coresInWords(threads)}: bench will be stopped again and again, and cells come out INVALID. Use --pacing relaxed. ${remedy}`
    : `${quota}: where load (and a target that bench starts) needs more, both are stopped for parts of each period, and cells come out SUSPECT or INVALID. ${remedy}`;
}
