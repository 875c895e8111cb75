import type { JudgedRun } from '../model/results/judged-run.js';
import type { UnjudgedCell } from '../model/results/cell-record.js';

/** A kind of failure as people read it, `status 503` or `connection-reset`, and what to do about it. */
interface Failure {
  readonly name: string;
  readonly count: number;
  readonly remedy: string;
}

type Situation = Pick<UnjudgedCell, 'generator'> & JudgedRun;

/** Of a status that was not expected. */
export function remedyForStatus(status: number, situation: Situation): string {
  const known = BY_STATUS[status] ?? BY_CLASS[Math.floor(status / 100)];
  return known === undefined ? SEE_REQUESTS : known(situation);
}

/** Of a network failure or a failed check, by its kind. */
export function remedyForKind(kind: string, situation: Situation): string {
  const known = BY_KIND[kind];
  return known === undefined ? `see ${kind} in docs/failures.md, and ${logOf(situation)}` : known(situation);
}

/** Where the target says what went wrong. */
export function logOf({ isTargetStarted }: Pick<JudgedRun, 'isTargetStarted'>): string {
  return isTargetStarted ? 'server.log in the results directory' : "the server's own log";
}

/** Less than this share of the failures is not worth advice of its own. */
const LEAST_SHARE = 0.25;

/** One remedy for all that is frequent among these, each named if they differ. */
export function remedyForMost(failures: readonly Failure[]): string {
  const all = failures.reduce((sum, { count }) => sum + count, 0);
  const groups = new Map<string, { names: string[]; count: number }>();
  for (const { name, count, remedy } of failures) {
    const group = groups.get(remedy) ?? { names: [], count: 0 };
    groups.set(remedy, { names: [...group.names, name], count: group.count + count });
  }
  const sorted = [...groups].sort(([, a], [, b]) => b.count - a.count);
  const frequent = sorted.filter(([, { count }], at) => at === 0 || count >= LEAST_SHARE * all);
  if (frequent.length === 1) return frequent[0]?.[0] ?? '';
  return frequent.map(([remedy, { names }]) => `${names.join(', ')}: ${remedy}`).join('; ');
}

type Remedy = (situation: Situation) => string;

const CHECK = "`bench list --check` with this run's target options";
const SEE_REQUESTS = `${CHECK} sends one request to each operation and shows what the server says; values, headers and bodies go into the scenario file`;

const BY_STATUS: Readonly<Record<number, Remedy>> = {
  401: () =>
    'the credentials are missing or have expired: set `auth:` in the scenario file, or --header "Authorization: Bearer TOKEN"',
  403: () =>
    'the credentials that were sent may not do this: sign in as another user with `auth:` in the scenario file, or leave the operation out with --exclude',
  404: () =>
    'what the requests ask for is not there: name ids that exist with `values:` in the scenario file, or make them with `setup:`',
  405: () =>
    'the document names a method that the server does not allow: mend the document, or leave the operation out with --exclude',
  429: () =>
    "the server limits the rate, so these figures are its limiter's: raise the limit or switch it off for the test, or lower --rates to what it lets through",
  502: (situation) => behindProxy(situation),
  503: (situation) =>
    `the server turns requests away: look for the limit it has reached (workers, queue, connections to its database) in ${logOf(situation)}, or lower --rates`,
  504: (situation) => behindProxy(situation),
};

const BY_CLASS: Readonly<Record<number, Remedy>> = {
  2: () =>
    'the server answers well, but not with the status that `expect:` in the scenario file names: mend either',
  3: () =>
    'bench follows no redirections: load the path that they lead to (a missing or extra / at its end is the usual cause), or name the status in `expect:` in the scenario file',
  4: () => `the server refuses what is sent: ${SEE_REQUESTS}`,
  5: (situation) =>
    `the server itself fails: look for the error in ${logOf(situation)}. ${CHECK} tells whether a single request fails, too; if not, lower --rates`,
};

function behindProxy(situation: Situation): string {
  return `a proxy got no good answer from the server behind it: look at that server, and at ${logOf(situation)}`;
}

const BY_KIND: Readonly<Record<string, Remedy>> = {
  'connection-refused': (situation) =>
    `nothing listened there, or the queue of the listening socket was full: look in ${logOf(situation)} whether the server ended or restarted; else raise its backlog and the system's (net.core.somaxconn)`,
  'connection-reset': (situation) =>
    `the server broke new connections off: look for crashes of workers in ${logOf(situation)}, and for limits of a proxy; else raise its backlog`,
  'connection-closed': (situation) =>
    `the server closed new connections without an answer: look for its limit of connections, and in ${logOf(situation)}; check that it speaks HTTP (or https:) on this port`,
  'reused-connection-closed': () =>
    'the server closed connections just as they were used again: raise its keep-alive timeout and its limit of requests for each connection',
  'response-cut-short': (situation) =>
    `connections ended in the middle of answers: look for crashes and exceptions in ${logOf(situation)}`,
  'content-length-mismatch': () =>
    'the answers are longer or shorter than their Content-Length: see what computes it, and what compresses the body afterwards',
  'invalid-response': () =>
    'the answers break HTTP/1.1: check that an HTTP server listens there, and what writes its headers',
  'headers-too-large': () =>
    'the headers of the answers exceed 64 KiB: look for cookies and traces that grow',
  'response-too-large': () => 'the answers are larger than --client undici takes: use --client wire',
  'connect-timeout': () =>
    'attempts to connect were not answered: look for a firewall; else raise the backlog of the server',
  'host-unreachable': () => 'there is no route to the host: check the address and the network',
  'host-not-found': () => "the host's name has no address: check its spelling, or name the address itself",
  'socket-not-found': () => 'there is no Unix socket at the path of --unix-socket: did the server remove it?',
  'certificate-not-trusted': () =>
    "the server's TLS certificate is not trusted: if that is as it should be, add --insecure",
  'tls-failed': () =>
    'the two sides could not agree on TLS: check whether the port speaks it (http: or https:)',
  'too-many-open-files': () =>
    'raise the limit of open files with `ulimit -n $(ulimit -Hn)` in the shell that starts bench, or lower --max-connections',
  'no-free-local-port': ({ generator }) =>
    `${generator.keepAlive ? FEWER_CONNECTIONS : KEEP_CONNECTIONS}, ${MORE_PORTS}`,
  'check-header': () =>
    'the status is right, but a header that `expect:` in the scenario file names is not: see what was deployed, and what stands in between',
  'check-json': () =>
    `the status is right, but the body is not what \`expect:\` in the scenario file wants: ${CHECK} shows the difference`,
  'check-bytes': () =>
    'the status is right, but the length of the body is not what `expect:` in the scenario file wants: see what compresses it, and `bytes:` there',
  'capture-missing': () =>
    'the answers are good, but do not hold what `capture:` of a step in `journeys:` takes from them: see what the server answers under load, and whether the field is always there',
  unknown: () => 'bench does not know this failure: please report it',
};

const KEEP_CONNECTIONS = 'run without --no-keepalive, lower --rates';
const FEWER_CONNECTIONS = 'lower --max-connections, see why connections end so often';
const MORE_PORTS =
  'or on Linux widen the range of local ports: sudo sysctl -w net.ipv4.ip_local_port_range="10240 65535"';
