import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file whole or not at all: readers never see half of it. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const draft = `${file}.part`;
  try {
    await writeFile(draft, text, { flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
