import { dirname } from 'node:path';
import { codeOf, reasonOf } from '../kernel/errors.js';

const noRight = (path: string): string => `this user may not write to ${dirname(path)}`;

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: () => 'the disk is full',
  EDQUOT: () => "this user's share of the disk is full",
  ENOENT: (path) => `there is no folder ${dirname(path)}`,
  EISDIR: () => 'it is a folder',
  ENOTDIR: () => 'a part of its path is a file',
  EEXIST: () => 'a part of its path is a file',
  EACCES: noRight,
  EPERM: noRight,
  EROFS: noRight,
  ENAMETOOLONG: () => 'its path is too long',
};

/** Why a file could not be written, in words: `the disk is full`. */
export function whyNotWritten(error: unknown, path: string): string {
  return REASONS[codeOf(error) ?? '']?.(path) ?? reasonOf(error);
}
