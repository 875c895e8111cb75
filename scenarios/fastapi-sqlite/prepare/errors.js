/** Something that the user can mend: what happened, and what to do. */
export class PrepareError extends Error {
  /**
   * @param {string} message
   * @param {string} hint
   * @param {{ cause?: unknown }} [options]
   */
  constructor(message, hint, options) {
    super(message, options);
    this.name = 'PrepareError';
    this.hint = hint;
  }
}

/** @type {Record<string, string>} */
const FILE_SYSTEM_HINTS = {
  ENOSPC: 'The disk is full. Free some space (the environment takes about 60 MB), then run again.',
  EDQUOT: 'The disk quota is used up. Free some space (the environment takes about 60 MB), then run again.',
  EACCES: 'Choose a directory that this user may write to.',
  EPERM: 'Choose a directory that this user may write to.',
  EROFS: 'The file system is read-only. Choose another directory.',
  ENOTDIR: 'A part of this path is a file. Choose another directory.',
  EEXIST: 'There is a file in the way. Remove it, or choose another directory.',
};

/**
 * The text for the user. A failure of our own keeps its stack.
 * @param {unknown} error
 */
export function describe(error) {
  if (error instanceof PrepareError) return `prepare.js: ${error.message}\n${error.hint}`;
  if (!(error instanceof Error)) return `prepare.js: ${String(error)}`;
  const hint = FILE_SYSTEM_HINTS[/** @type {NodeJS.ErrnoException} */ (error).code ?? ''];
  return hint === undefined ? (error.stack ?? error.message) : `prepare.js: ${error.message}\n${hint}`;
}
