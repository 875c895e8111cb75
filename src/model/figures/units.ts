import { formatFigure, formatMebibytes, percent } from '../../kernel/format.js';

/** A unit of figures: how the record holds them, how people see them, and how Prometheus does. */
export interface FigureUnit {
  /** As people see it: `ms`, `%`, `MB`; empty for a number of things. */
  readonly symbol: string;
  /** From the unit of the record to that of the symbol. */
  readonly shown: (stored: number) => number;
  /** A stored figure in words, without the symbol. */
  readonly format: (stored: number) => string;
  /** How many of the record's unit are one of Prometheus': seconds, bytes, cores, 1. */
  readonly perBase: number;
}

const same = (stored: number): number => stored;
const MEBIBYTE = 1024 * 1024;
const whole = (stored: number): string => stored.toFixed(0);

export const COUNT: FigureUnit = { symbol: '', shown: same, format: String, perBase: 1 };
/** Of one thing to another. */
export const RATIO: FigureUnit = { symbol: '', shown: same, format: formatFigure, perBase: 1 };
export const PER_SECOND: FigureUnit = { symbol: 'req/s', shown: same, format: formatFigure, perBase: 1 };
export const MILLISECONDS: FigureUnit = { symbol: 'ms', shown: same, format: formatFigure, perBase: 1000 };
export const SECONDS: FigureUnit = { symbol: 's', shown: same, format: formatFigure, perBase: 1 };
/** Stored from 0 to 1; nearly all is never shown as all. */
export const SHARE: FigureUnit = {
  symbol: '%',
  shown: (stored) => 100 * stored,
  format: percent,
  perBase: 1,
};
/** Stored from 0 to 1; for what is measured to a few per cent. */
export const ROUGH_SHARE: FigureUnit = { ...SHARE, format: (stored) => whole(100 * stored) };
/** 100 = one core. */
export const CORE_PERCENT: FigureUnit = { symbol: '%', shown: same, format: whole, perBase: 100 };
/** Stored from 0 to 100. */
export const PERCENT: FigureUnit = { symbol: '%', shown: same, format: formatFigure, perBase: 100 };
/** Stored in bytes. */
export const MEGABYTES: FigureUnit = {
  symbol: 'MB',
  shown: (stored) => stored / MEBIBYTE,
  format: formatMebibytes,
  perBase: 1,
};
const KIBIBYTE = 1024;
/** Stored in bytes a second. */
export const KILOBYTES_PER_SECOND: FigureUnit = {
  symbol: 'KB/s',
  shown: (stored) => stored / KIBIBYTE,
  format: (stored) => formatFigure(stored / KIBIBYTE),
  perBase: 1,
};
/** Stored in bytes a minute. */
export const MEGABYTES_PER_MINUTE: FigureUnit = { ...MEGABYTES, symbol: 'MB/min', perBase: 60 };

const FORMATS: Readonly<Record<string, FigureUnit['format']>> = {
  // Nearly all is never shown as all.
  '%': (stored) => percent(stored / 100),
  // Things are counted, and only their means have parts.
  '': (stored) => (Number.isInteger(stored) ? String(stored) : formatFigure(stored)),
};

/** Of a gauge, by the word that the record has for it. */
export function unitOf(word: string): FigureUnit {
  if (word === 'bytes') return MEGABYTES;
  if (word === 'bytes/s') return KILOBYTES_PER_SECOND;
  return { symbol: word, shown: same, format: FORMATS[word] ?? formatFigure, perBase: 1 };
}
