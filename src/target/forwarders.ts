/** Programs that only forward connections to a server: their CPU and memory are not the server's. */
const FORWARDERS: ReadonlySet<string> = new Set([
  'com.docker.backend',
  'docker-proxy',
  'gvproxy',
  'inetd',
  'kubectl',
  'launchd',
  'limactl',
  'ncat',
  'netavark',
  'pasta',
  'pasta.avx2',
  'rootlesskit',
  'rootlessport',
  'slirp4netns',
  'socat',
  'ssh',
  'sshd',
  'systemd',
  'systemd-socket-proxyd',
  'vpnkit',
  'wslrelay',
  'xinetd',
]);

/** Whether a command line runs such a program: `/usr/bin/socat …`, `sshd: me [priv]`. */
export function isForwarder(command: string, pid: number): boolean {
  const [first = ''] = command.split(' ');
  const name = first.split('/').at(-1)?.replace(/:$/, '') ?? '';
  return FORWARDERS.has(name) || (pid === 1 && name === 'init');
}
