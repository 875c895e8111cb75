import { RegExpParser, type AST } from '@eslint-community/regexpp';
import { portablePattern } from './portable-pattern.js';

/** How one text is written. */
export interface Manner {
  /** A number below 2³² for each choice. */
  readonly next: () => number;
  /** How many characters more than the least are wanted. */
  readonly more: number;
  /** Whether characters besides letters and digits are taken where there are any. */
  readonly isWide: boolean;
}

/** Longer texts are given up: nested counts multiply. */
const LONGEST = 100_000;

/** The expression of a pattern, to write texts that it matches as a whole. */
export class PatternWriter {
  private constructor(
    private readonly root: AST.Pattern,
    private readonly flags: string,
  ) {}

  /** Undefined when it is no regular expression. */
  static read(pattern: string): PatternWriter | undefined {
    const { source, flags } = portablePattern(pattern);
    try {
      const isUnicode = flags.includes('u');
      const root = new RegExpParser().parsePattern(source, 0, source.length, { unicode: isUnicode });
      return new PatternWriter(root, isUnicode ? 'u' : '');
    } catch {
      return undefined; // no regular expression, which is what is asked
    }
  }

  /** A text; what look-around and boundaries ask of it is left to the caller's test. Undefined when it is too long. */
  write(manner: Manner): string | undefined {
    return new OneText(this.flags, manner).write(this.root);
  }
}

class OneText {
  private readonly captured = new Map<AST.CapturingGroup, string>();
  private more: number;
  private length = 0;

  constructor(
    private readonly flags: string,
    private readonly manner: Manner,
  ) {
    this.more = manner.more;
  }

  write(root: AST.Pattern): string | undefined {
    const text = this.oneOf(root.alternatives);
    return this.length > LONGEST ? undefined : text;
  }

  private oneOf(alternatives: readonly AST.Alternative[]): string {
    const chosen = alternatives[this.manner.next() % alternatives.length];
    return (chosen?.elements ?? []).map((element) => this.textOf(element)).join('');
  }

  private textOf(element: AST.Element | AST.QuantifiableElement): string {
    if (this.length > LONGEST) return '';
    switch (element.type) {
      case 'Character':
        return this.counted(String.fromCodePoint(element.value));
      case 'CharacterClass':
      case 'CharacterSet':
      case 'ExpressionCharacterClass':
        return this.counted(this.oneCharacter(element.raw));
      case 'Group':
        return this.oneOf(element.alternatives);
      case 'CapturingGroup': {
        const text = this.oneOf(element.alternatives);
        this.captured.set(element, text);
        return text;
      }
      case 'Quantifier':
        return this.repeated(element);
      case 'Backreference': {
        const { resolved } = element;
        const groups = Array.isArray(resolved) ? resolved : [resolved];
        return this.counted(groups.map((group) => this.captured.get(group)).find((text) => text) ?? '');
      }
      case 'Assertion':
        return '';
    }
  }

  /** As often as it must be, and more while more is wanted. */
  private repeated({ element, min, max }: AST.Quantifier): string {
    const parts: string[] = [];
    const add = (): void => {
      parts.push(this.textOf(element));
    };
    for (let count = 0; count < min && this.length <= LONGEST; count += 1) add();
    const isAsserted = element.type === 'Assertion';
    for (let count = min; count < max && this.more > 0 && !isAsserted; count += 1) {
      // Optional groups are entered by chance, or all texts would have all of them.
      if (max === 1 && this.manner.next() % 2 === 0) break;
      const before = this.length;
      add();
      const written = this.length - before;
      if (written === 0) break;
      this.more -= written;
    }
    return parts.join('');
  }

  private counted(text: string): string {
    this.length += text.length;
    return text;
  }

  private oneCharacter(raw: string): string {
    const { plain, wide } = charactersOf(raw, this.flags);
    const characters = this.manner.isWide || plain.length === 0 ? wide : plain;
    return characters[this.manner.next() % Math.max(1, characters.length)] ?? '';
  }
}

interface Characters {
  /** Letters and digits. */
  readonly plain: readonly string[];
  readonly wide: readonly string[];
}

const PLAIN = Array.from('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const ASCII = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));
const ENOUGH = 64;
const known = new Map<string, Characters>();
const MOST_KNOWN = 5000;

/** Of a class such as `[^a]` or `\d`: those of ASCII, and where there are none the first beyond. */
function charactersOf(raw: string, flags: string): Characters {
  const key = `${flags}/${raw}`;
  const before = known.get(key);
  if (before) return before;
  const expression = new RegExp(`^${raw}$`, flags);
  const plain = PLAIN.filter((one) => expression.test(one));
  const inAscii = ASCII.filter((one) => expression.test(one));
  const wide = inAscii.length > 0 ? inAscii : beyond(expression);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, { plain, wide });
  return { plain, wide };
}

/** Control characters come last. */
function beyond(expression: RegExp): string[] {
  const found: string[] = [];
  for (let code = 0xa1; code < 0x1ffff + 0xa1 && found.length < ENOUGH; code += 1) {
    const point = code <= 0x1ffff ? code : code - 0x1ffff;
    const isSurrogate = point >= 0xd800 && point <= 0xdfff;
    const text = isSurrogate ? '' : String.fromCodePoint(point);
    if (text !== '' && expression.test(text)) found.push(text);
  }
  return found;
}
