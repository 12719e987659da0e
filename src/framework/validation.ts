/** A check of one attribute's known value. Returns what is wrong and how to write it right, or undefined. */
export interface AttributeValidator<Value> {
  /** Half a sentence for the docs: "an ISO-8601 interval". */
  readonly description: string;
  check(value: Value): string | undefined;
}
