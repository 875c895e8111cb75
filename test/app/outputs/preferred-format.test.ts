import { expect, it } from 'vitest';
import { preferredFormat } from '../../../src/app/outputs/preferred-format.js';

const PROMETHEUS =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

it.each([
  ['what Prometheus sends', PROMETHEUS, 'openmetrics'],
  ['nothing', '', 'text'],
  ['anything', '*/*', 'text'],
  ['what a browser sends', 'text/html,application/xhtml+xml,*/*;q=0.8', 'text'],
  ['OpenMetrics by name', 'application/openmetrics-text', 'openmetrics'],
  ['OpenMetrics in capitals, quoted', 'Application/OpenMetrics-Text; Version="1.0.0"', 'openmetrics'],
  ['OpenMetrics of a version that we do not write', 'application/openmetrics-text; version=0.0.1', 'text'],
  ['OpenMetrics not at all', 'application/openmetrics-text;q=0', 'text'],
  ['text rather than OpenMetrics', 'application/openmetrics-text;q=0.3,text/plain;q=0.9', 'text'],
  ['nonsense', ';;q=x,,=', 'text'],
  ['a quality that is none', 'application/openmetrics-text;q=high', 'text'],
] as const)('who accepts %s gets the format that fits', (_, accept, format) => {
  expect(preferredFormat(accept)).toBe(format);
});
