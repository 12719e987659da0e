import { isUnknown, type Path, type Unknown } from '../framework';

/** Environment variables, as `process.env` has them. */
export type Environment = { readonly [name: string]: string | undefined };

/** Something wrong with the configuration. */
export interface Problem {
  readonly path: Path;
  readonly summary: string;
  readonly detail: string;
}

/** What a schema attribute holds: written, left out, not known yet, or in a block that is not there. */
export type Written<Value> = Value | null | Unknown | undefined;

/**
 * Takes each setting from the configuration or, when it is left out there, from the environment; and collects what is
 * wrong with it.
 */
export class Sources {
  readonly mistakes: Problem[] = [];
  /** Whether any setting is not known yet. */
  sawUnknown = false;

  constructor(private readonly env: Environment) {}

  /** Empty text counts as left out: CI systems set variables to nothing. */
  text(written: Written<string>, variable: string | undefined): string | undefined {
    if (isUnknown(written)) {
      this.sawUnknown = true;
      return undefined;
    }
    if (written !== null && written !== undefined && written !== '') return written;
    const value = variable === undefined ? undefined : this.env[variable];
    return value === undefined || value === '' ? undefined : value;
  }

  /** False where it is left out. */
  flag(written: Written<boolean>): boolean {
    if (isUnknown(written)) {
      this.sawUnknown = true;
      return false;
    }
    return written === true;
  }

  word<Word extends string>(
    path: Path,
    written: Written<string>,
    variable: string,
    words: readonly Word[],
  ): Word | undefined {
    const value = this.text(written, variable);
    const word = words.find((known) => known === value);
    if (value !== undefined && word === undefined) {
      this.mistake(path, variable, `"${value}" is not one of ${words.map((known) => `"${known}"`).join(', ')}.`);
    }
    return word;
  }

  /** A number as it is written; what is not a number at all in the environment is a mistake. */
  number(path: Path, written: Written<number>, variable: string): number | undefined {
    if (isUnknown(written)) {
      this.sawUnknown = true;
      return undefined;
    }
    if (written !== null && written !== undefined) return written;
    const value = this.text(null, variable);
    if (value === undefined) return undefined;
    if (/^\d{1,9}$/.test(value)) return Number(value);
    this.mistake(path, variable, `"${value}" is not a whole number.`);
    return undefined;
  }

  mistake(path: Path, variable: string, text: string): void {
    this.mistakes.push({
      path,
      summary: 'Invalid provider configuration',
      detail: `${text} It is set with ${path.join('.')} or the environment variable ${variable}.`,
    });
  }
}
