/** Something in an OpenAPI document that could not be used; the rest goes on. */
export interface DocumentProblem {
  /** `POST /pets`, or a place in the document. */
  readonly where: string;
  readonly message: string;
  /** Whether `where` is not loaded because of it; otherwise it is loaded without what is broken. */
  readonly isSkipped: boolean;
}
