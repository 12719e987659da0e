/** One step from a value into a part of it: an attribute (string), an element (number), or a map entry (key). */
export type PathStep = string | number | { readonly key: string };

/** A value that does not fit its type. The message never holds the value itself: it may be a secret. */
export class ValueError extends Error {
  override readonly name = 'ValueError';

  constructor(
    /** Where, as `$.batches[2].labels["a b"]`; `$` is the whole value. */
    readonly path: string,
    /** What is wrong there. */
    readonly problem: string,
  ) {
    super(`${path}: ${problem}`);
  }
}

/**
 * The place a codec is at while it walks a value. Kept as one stack for the whole walk, so that the text of a path is
 * made only when something is wrong.
 */
export class ValuePath {
  readonly #steps: PathStep[] = [];

  /** Runs `walk` one step further in. */
  at<T>(step: PathStep, walk: () => T): T {
    this.#steps.push(step);
    const result = walk();
    this.#steps.pop();
    return result;
  }

  /** The error to throw for a problem at this place. */
  error(problem: string): ValueError {
    return new ValueError(this.toString(), problem);
  }

  toString(): string {
    return this.#steps.reduce<string>((text, step) => {
      if (typeof step === 'number') return `${text}[${step}]`;
      return typeof step === 'string' ? `${text}.${step}` : `${text}[${JSON.stringify(step.key)}]`;
    }, '$');
  }
}
