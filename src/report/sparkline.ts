const STEPS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII_STEPS = ['_', '.', '-', '=', '+', '*', '%', '#'];

/** The last values that fit into `width` columns, from 0 to the highest of them; a gap where none is known. */
export function sparkline(values: readonly (number | null)[], width: number, isUnicode: boolean): string {
  const shown = width <= 0 ? [] : values.slice(-width);
  const highest = Math.max(0, ...shown.map((value) => value ?? 0));
  const steps = isUnicode ? STEPS : ASCII_STEPS;
  return shown.map((value) => (value === null ? ' ' : stepOf(value, highest, steps))).join('');
}

function stepOf(value: number, highest: number, steps: readonly string[]): string {
  const step = highest === 0 ? 0 : Math.ceil((value / highest) * steps.length) - 1;
  return steps[Math.max(0, step)] ?? '';
}
