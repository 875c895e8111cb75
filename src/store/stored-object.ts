/** An object of a file as it was parsed, before its schema has seen it. */
export type StoredObject = Readonly<Record<string, unknown>>;
