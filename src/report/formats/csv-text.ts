import { stringify } from 'csv-stringify/sync';

export type CsvValue = string | number | null;

/** RFC 4180: CRLF, quotes where needed, nothing for `null`; text that a spreadsheet would compute gets a `'`. */
export function csvText(
  header: readonly string[],
  rows: readonly (readonly CsvValue[])[],
  { saysUtf8 = false }: { readonly saysUtf8?: boolean } = {},
): string {
  return stringify([[...header], ...rows.map((row) => [...row])], {
    bom: saysUtf8,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}
