import type { ChalkInstance } from 'chalk';
import type { Direction } from '../change-words.js';

/** A change in the colour of its direction only: nobody has judged whether it matters. */
export function tinted(text: string, direction: Direction, paint: ChalkInstance): string {
  switch (direction) {
    case 'better':
      return paint.cyan(text);
    case 'worse':
      return paint.yellow(text);
    case 'same':
    case 'not-known':
      return text;
  }
}
