import { element } from './element.js';
import type { Legend } from './legend.js';
import type { ChartModel } from './models/chart-model.js';
import { heatShare } from './models/heat-colors.js';
import { tickLabel } from './models/told-values.js';
import { heatStyle } from './paint-panel.js';
import { isDark } from './theme.js';

const STEPS = 24;

/** What the colours of a heat-map stand for. */
export function heatScale({ panels }: ChartModel): Legend {
  const highest = panels[0]?.heat?.highest ?? 1;
  const ramp = element('span', { class: 'chart-ramp', 'aria-hidden': 'true' });
  const middle = Math.round(Math.sqrt(highest));
  const numbers = [...new Set([1, middle, highest])].map((count) => tickLabel(count)).join(' … ');
  return {
    root: element(
      'div',
      { class: 'chart-legend' },
      element('span', {}, 'answers'),
      ramp,
      element('span', {}, numbers),
    ),
    redraw: () => {
      const dark = isDark();
      const shares = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
      const stops = shares.map((share) => heatStyle(highest === 1 ? heatShare(1, 1) : share, dark));
      ramp.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
    },
  };
}
