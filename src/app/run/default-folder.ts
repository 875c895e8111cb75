/** The results directory of a run that begins now, as people tell the time. */
export function defaultFolder(unixMs: number): string {
  const now = new Date(unixMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `.tmp/bench_${date}_${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}
