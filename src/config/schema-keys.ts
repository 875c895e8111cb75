import type { core } from 'zod';

/** The keys that a schema allows at a place of its input; those of every alternative of a union. */
export function keysAt(schema: core.$ZodType, path: readonly PropertyKey[]): string[] {
  let here = open(schema);
  for (const key of path) here = here.flatMap((part) => within(part, key)).flatMap(open);
  return [
    ...new Set(here.flatMap(({ _zod: { def } }) => (def.type === 'object' ? Object.keys(def.shape) : []))),
  ];
}

/** The schemas behind defaults, optional and unions. */
function open(schema: core.$ZodType): core.$ZodTypes[] {
  const known = schema as core.$ZodTypes;
  const { def } = known._zod;
  if (def.type === 'optional' || def.type === 'default' || def.type === 'prefault')
    return open(def.innerType);
  return def.type === 'union' ? def.options.flatMap(open) : [known];
}

function within({ _zod: { def } }: core.$ZodTypes, key: PropertyKey): core.$ZodType[] {
  if (def.type === 'array') return [def.element];
  if (def.type === 'record') return [def.valueType];
  const inner = def.type === 'object' ? def.shape[String(key)] : undefined;
  return inner === undefined ? [] : [inner];
}
