/** p-values corrected for their number, in their order: at most q of those up to q are found by chance. */
export function adjustForNumber(pValues: readonly number[]): number[] {
  const byRank = pValues.map((value, at) => ({ value, at })).sort((a, b) => b.value - a.value);
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  byRank.forEach(({ value, at }, fromLast) => {
    least = Math.min(least, (value * pValues.length) / (pValues.length - fromLast));
    adjusted[at] = least;
  });
  return adjusted;
}
