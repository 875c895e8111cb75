import type { Place, Serialization, Style } from './described-operation.js';

type Raw = Readonly<Record<string, unknown>>;

const STYLES: Readonly<Record<Place, readonly [Style, ...Style[]]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

/** How a parameter is written; what its place does not know counts as not said. */
export function readStyle(raw: Raw, place: Place): Serialization {
  const collectionFormat = raw['collectionFormat'];
  // Of Swagger 2.0, where the type stands beside the name and a list is `csv` unless said otherwise.
  if (collectionFormat !== undefined || isOfSwagger(raw)) return readCollectionFormat(raw, place);
  const styles = STYLES[place];
  const style = styles.find((one) => one === raw['style']) ?? styles[0];
  return {
    style,
    explode: typeof raw['explode'] === 'boolean' ? raw['explode'] : style === 'form',
    allowReserved: place === 'query' && raw['allowReserved'] === true,
  };
}

function isOfSwagger({ schema, content, type }: Raw): boolean {
  return schema === undefined && content === undefined && type !== undefined;
}

/** How a list is written in Swagger 2.0. */
export function readCollectionFormat({ collectionFormat }: Raw, place: Place): Serialization {
  const isInQuery = place === 'query';
  const plain = { style: isInQuery ? 'form' : 'simple', explode: false, allowReserved: false } as const;
  switch (collectionFormat) {
    case 'ssv':
      return { ...plain, style: 'spaceDelimited' };
    case 'tsv':
      return { ...plain, style: 'tabDelimited' };
    case 'pipes':
      return { ...plain, style: 'pipeDelimited' };
    case 'multi':
      return { ...plain, explode: isInQuery };
    default:
      return plain;
  }
}

/** How a property of a form is written; null when nothing is said of it. */
export function readFormStyle(raw: Raw): Serialization | null {
  const { style, explode, allowReserved } = raw;
  if (style === undefined && explode === undefined && allowReserved === undefined) return null;
  return readStyle({ style, explode, allowReserved }, 'query');
}
