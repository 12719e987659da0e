/**
 * Finds many forms in one pass over a text, in time that grows with the text alone, whatever it holds.
 * Source: Aho and Corasick, Efficient string matching, Communications of the ACM 18(6), 1975.
 */
import { afterColour, fold, isFiller, isOfWord } from './folding';
import type { Form } from './forms';
import type { View } from './view';

/** Reports that the characters from the one place of the view to the other, inclusive, are a secret. */
export type Found = (first: number, last: number) => void;

interface Ending {
  readonly length: number;
  readonly wholeWord: boolean;
}

/** One code each of a step: state and character. Both fit into 53 bits. */
const stepOf = (state: number, code: number): number => state * 0x1_0000 + code;

/** All forms of all secrets, ready to be searched. */
export class Automaton {
  readonly #steps = new Map<number, number>();
  /** Where to continue when a state has no step for a character: the longest other beginning that fits. */
  readonly #falls: number[] = [0];
  /** Forms that end in a state. */
  readonly #endings: Ending[][] = [[]];
  /** The next state down the falls in which a form ends; 0 for none. */
  readonly #shorter: number[] = [0];
  readonly #longest: number;

  constructor(forms: readonly Form[]) {
    const parents: number[] = [0];
    const lastCodes: number[] = [0];
    const depths: number[] = [0];
    for (const { codes, wholeWord } of forms) {
      let state = 0;
      for (const code of codes) {
        const step = stepOf(state, code);
        let next = this.#steps.get(step);
        if (next === undefined) {
          next = this.#falls.length;
          this.#steps.set(step, next);
          this.#falls.push(0);
          this.#endings.push([]);
          this.#shorter.push(0);
          parents.push(state);
          lastCodes.push(code);
          depths.push((depths[state] ?? 0) + 1);
        }
        state = next;
      }
      this.#endings[state]?.push({ length: codes.length, wholeWord });
    }
    this.#longest = depths.reduce((most, depth) => Math.max(most, depth), 0);
    this.#link(parents, lastCodes, depths);
  }

  #link(parents: readonly number[], lastCodes: readonly number[], depths: readonly number[]): void {
    const byDepth = depths.map((_, state) => state).sort((a, b) => (depths[a] ?? 0) - (depths[b] ?? 0));
    for (const state of byDepth) {
      if (state === 0) continue;
      const parent = parents[state] ?? 0;
      const fall = parent === 0 ? 0 : this.#next(this.#falls[parent] ?? 0, lastCodes[state] ?? 0);
      this.#falls[state] = fall;
      this.#shorter[state] = (this.#endings[fall]?.length ?? 0) > 0 ? fall : (this.#shorter[fall] ?? 0);
    }
  }

  #next(from: number, code: number): number {
    for (let state = from; ; state = this.#falls[state] ?? 0) {
      const next = this.#steps.get(stepOf(state, code));
      if (next !== undefined) return next;
      if (state === 0) return 0;
    }
  }

  /** Reports every place of the view that holds one of the forms. */
  search(view: View, found: Found): void {
    const { codes, length } = view;
    // Where the last characters that are no fillers stand, as many as the longest form has.
    const places = new Int32Array(this.#longest);
    let seen = 0;
    let state = 0;
    for (let at = 0; at < length; at += 1) {
      const code = codes[at] ?? 0;
      if (isFiller(code)) {
        at = Math.max(at, afterColour(codes, at, length) - 1);
        continue;
      }
      places[seen % this.#longest] = at;
      seen += 1;
      state = this.#next(state, fold(code));
      for (let ending = state; ending !== 0; ending = this.#shorter[ending] ?? 0) {
        for (const form of this.#endings[ending] ?? []) {
          const first = places[(seen - form.length) % this.#longest] ?? at;
          if (!form.wholeWord || isWholeWord(view, first, at, form.length)) found(first, at);
        }
      }
    }
  }
}

function isWholeWord({ codes, length }: View, first: number, last: number, characters: number): boolean {
  if (last - first + 1 !== characters) return false;
  const before = first > 0 && isOfWord(codes[first - 1] ?? 0);
  const after = last + 1 < length && isOfWord(codes[last + 1] ?? 0);
  return !(before && isOfWord(codes[first] ?? 0)) && !(after && isOfWord(codes[last] ?? 0));
}
