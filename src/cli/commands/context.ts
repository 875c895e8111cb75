/** What commands share with the program around them. */
export interface CommandContext {
  readonly version: string;
  /** The words of the command line after `bench`. */
  readonly words: readonly string[];
  exitCode: number;
}
