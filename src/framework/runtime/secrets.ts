import type { Value } from '../../plugin';
import { insideOf, type ObjectShape } from '../values/cty-type';
import { elementsOf, isCollection, isObject } from '../values/walk';

/** Shorter values are too likely to be ordinary words: masking them would wreck every message. */
const SHORTEST_SECRET = 5;
const MASK = '(sensitive value)';

/** Takes registered secrets out of texts, also where they appear URL-encoded, JSON-escaped or base64-encoded. */
export class Secrets {
  readonly #forms = new Set<string>();
  #longestFirst: readonly string[] | undefined;

  add(secret: string): void {
    if (secret.length < SHORTEST_SECRET) return;
    const forms = [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
    ];
    for (const form of forms) this.#forms.add(form);
    this.#longestFirst = undefined;
  }

  /** Registers the value of every sensitive attribute of an object. */
  addFrom(shape: ObjectShape, value: Value): void {
    forEachSensitive(shape, value, (secret) => this.add(secret));
  }

  /** An arrow, so that it can be handed around. */
  readonly redact = (text: string): string => {
    if (this.#forms.size === 0) return text;
    // One secret may contain another; the longer one must go first.
    this.#longestFirst ??= [...this.#forms].sort((a, b) => b.length - a.length);
    return this.#longestFirst.reduce((rest, form) => rest.replaceAll(form, MASK), text);
  };
}

function forEachSensitive(shape: ObjectShape, value: Value, found: (secret: string) => void): void {
  if (!isObject(value)) return;
  for (const [name, attribute] of Object.entries(shape.attributes)) {
    const member = value[name] ?? null;
    const inside = insideOf(attribute.shape);
    if (attribute.options.sensitive) forEachText(member, found);
    else if (inside) objectsOf(member).forEach((object) => forEachSensitive(inside, object, found));
  }
  for (const [name, block] of Object.entries(shape.blocks)) {
    objectsOf(value[name] ?? null).forEach((object) => forEachSensitive(block, object, found));
  }
}

function forEachText(value: Value, found: (text: string) => void): void {
  if (typeof value === 'string') found(value);
  else if (typeof value === 'number') found(String(value));
  else if (isObject(value)) Object.values(value).forEach((member) => forEachText(member, found));
  else if (isCollection(value)) elementsOf(value).forEach((element) => forEachText(element, found));
}

function objectsOf(value: Value): readonly Value[] {
  return isCollection(value) ? elementsOf(value) : [value];
}
