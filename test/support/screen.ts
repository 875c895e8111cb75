const TOKEN = /\p{Cc}\[(\??)(\d*)([A-Za-z])|[\s\S]/gu;

/** So much of a terminal as a block of lines needs; what it does not know, it refuses. */
export class FakeScreen {
  rows = 24;
  isCursorVisible = true;
  readonly writes: string[] = [];
  private lines: string[][] = [[]];
  private row = 0;
  private column = 0;
  private wraps = true;

  /** 0 = nobody has set a size. */
  constructor(public columns = 80) {}

  readonly write = (text: string): boolean => {
    this.writes.push(text);
    for (const [token, isPrivate, number, letter] of text.matchAll(TOKEN)) {
      if (letter !== undefined)
        this.control(`${isPrivate}${letter}`, Number(number === '' ? '1' : number), token);
      else this.put(token);
    }
    return true;
  };

  /** What is seen, without empty lines at the end. */
  get text(): string[] {
    const shown = this.lines.map((line) => line.join('').trimEnd());
    return shown.slice(0, shown.findLastIndex((line) => line !== '') + 1);
  }

  /** As most terminals: lines that have become too long are broken, and the cursor stays with its text. */
  resize(columns: number): void {
    const before = this.lines.slice(0, this.row);
    const broken = before.flatMap((line) => this.chunks(line, columns));
    const current = this.chunks(this.lines[this.row] ?? [], columns);
    this.lines = [...broken, ...current, ...this.lines.slice(this.row + 1)];
    this.row = broken.length + current.length - 1;
    this.column = current.at(-1)?.length ?? 0;
    this.columns = columns;
  }

  private chunks(line: readonly string[], columns: number): string[][] {
    const count = Math.max(1, Math.ceil(line.length / columns));
    return Array.from({ length: count }, (_, at) => line.slice(at * columns, (at + 1) * columns));
  }

  private put(character: string): void {
    if (character === '\r') this.column = 0;
    else if (character === '\n') this.newLine();
    else {
      if (this.column >= (this.columns || 80) && this.wraps) this.newLine();
      const line = (this.lines[this.row] ??= []);
      const at = Math.min(this.column, (this.columns || 80) - 1);
      while (line.length < at) line.push(' ');
      line[at] = character;
      this.column = at + 1;
    }
  }

  /** As a terminal does it, whose driver puts a carriage return before each line feed. */
  private newLine(): void {
    this.row += 1;
    this.column = 0;
    this.lines[this.row] ??= [];
  }

  private control(letter: string, number: number, token: string): void {
    const line = this.lines[this.row] ?? [];
    switch (letter) {
      case 'A':
        this.row = Math.max(0, this.row - number);
        return;
      case 'K':
        line.length = Math.min(line.length, this.column);
        return;
      case 'J':
        line.length = Math.min(line.length, this.column);
        this.lines.length = this.row + 1;
        return;
      case '?h':
      case '?l':
        if (number === 25) this.isCursorVisible = letter === '?h';
        if (number === 7) this.wraps = letter === '?h';
        return;
      case 'm':
        return;
      default:
        throw new Error(`unknown: ${JSON.stringify(token)}`);
    }
  }
}
