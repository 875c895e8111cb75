/** The results directory of what begins now, as people tell the time. */
export function defaultFolder(unixMs: number, what: 'bench' | 'ab' | 'calibrate' = 'bench'): string {
  const now = new Date(unixMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `.tmp/${what}_${date}_${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}
