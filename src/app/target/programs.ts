/** The programs that run beside the CLI: compiled files next to this one. */
export const programs = {
  generator: new URL('../../entry/generator-process.js', import.meta.url),
  superviseTarget: new URL('../../entry/supervise-target.js', import.meta.url),
  nullServer: new URL('../../entry/null-server.js', import.meta.url),
} as const;
