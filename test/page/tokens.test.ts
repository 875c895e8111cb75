import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../src/page/tokens.css', import.meta.url), 'utf8');

/** The colours of each block of the style sheet: light, then dark in one way or another. */
const schemes = css
  .split('color-scheme:')
  .slice(1)
  .map((block) => {
    const colors = new Map<string, string>();
    for (const [, name, color] of block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)) colors.set(name!, color!);
    return [/^\s*(\w+)/.exec(block)![1]!, colors] as const;
  })
  .filter(([, colors]) => colors.size > 0);

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

test('contrast is that of WCAG at its ends', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#777777')).toBe(1);
});

describe.each(schemes)('the %s colours', (_scheme, colors) => {
  const on = (ground: string, names: readonly string[], least: number): string[] =>
    names.filter((name) => contrast(colors.get(name)!, colors.get(ground)!) < least);

  test('let text be read on paper and cards', () => {
    const text = ['ink', 'ink-soft', 'accent', 'good', 'warn', 'bad'];
    expect([on('paper', text, 4.5), on('card', text, 4.5)]).toEqual([[], []]);
  });

  test('let lines of charts be seen on paper', () => {
    const series = [...colors.keys()].filter((name) => name.startsWith('series-'));
    expect(series).toHaveLength(10);
    expect(on('paper', series, 3)).toEqual([]);
  });
});
