import { describe, expect, test } from 'vitest';
import { acceptHeader } from '../../../src/openapi/requests/default-headers.js';

describe('the media types that are asked for', () => {
  test.each<[string[], string]>([
    [[], '*/*'],
    [['*/*'], '*/*'],
    [['not a type'], '*/*'],
    [['application/json'], 'application/json, application/*;q=0.5, text/*;q=0.5'],
    [
      ['text/csv', 'application/hal+json; charset=utf-8', '*/*'],
      'application/hal+json, text/csv;q=0.9, application/*;q=0.5, text/*;q=0.5',
    ],
    [['application/json;version=2'], 'application/json;version=2, application/*;q=0.5, text/*;q=0.5'],
    [['Image/PNG', 'image/png'], 'image/png, application/*;q=0.5, text/*;q=0.5'],
    [['text/*'], 'text/*, application/*;q=0.5'],
  ])('of %j', (declared, header) => {
    expect(acceptHeader(declared)).toBe(header);
  });

  test('never look like those of a browser to Rails', () => {
    for (const declared of [['application/json'], ['text/html', '*/*'], ['application/json', '*/*']])
      expect(acceptHeader(declared)).not.toMatch(/,\s*\*\/\*|\*\/\*\s*,/);
  });

  test('are ten at most', () => {
    const declared = Array.from({ length: 40 }, (_, at) => `application/x-${at}`);
    expect(acceptHeader(declared).split(', ')).toHaveLength(12);
  });
});
