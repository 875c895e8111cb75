import type { MappingTagOptions, Schema, SequenceTagOptions } from 'js-yaml';

let known: Schema | undefined;

/** YAML as documents are written: integers with every digit, and tags of others' as if they were not there. */
export async function yamlSchema(): Promise<Schema> {
  known ??= await newSchema();
  return known;
}

async function newSchema(): Promise<Schema> {
  const yaml = await import('js-yaml');
  const { intCoreTag, NOT_RESOLVED } = yaml;
  const integer = yaml.defineScalarTag<number | bigint>(intCoreTag.tagName, {
    ...intCoreTag,
    resolve: (source, isExplicit, tagName) => {
      const value = intCoreTag.resolve(source, isExplicit, tagName);
      if (value === NOT_RESOLVED || Number.isSafeInteger(value) || !/^[-+]?[0-9]+$/.test(source))
        return value;
      const exact = BigInt(source);
      return String(value) === String(exact) ? value : exact;
    },
  });
  const ofOthers = ['!', 'tag:'].flatMap((prefix) => {
    const manner = { matchByTagPrefix: true, identify: () => false } as const;
    return [
      yaml.defineMappingTag(prefix, {
        ...(yaml.mapTag as MappingTagOptions<Record<string, unknown>>),
        ...manner,
      }),
      yaml.defineSequenceTag(prefix, { ...(yaml.seqTag as SequenceTagOptions<unknown[]>), ...manner }),
      yaml.defineScalarTag(prefix, { ...manner, resolve: (source) => source }),
    ];
  });
  return yaml.CORE_SCHEMA.withTags(yaml.mergeTag, integer, ofOthers);
}
