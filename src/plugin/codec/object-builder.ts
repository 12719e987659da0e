import type { CtyType, Value } from '../value';
import type { ValuePath } from './value-error';

/** Puts an object together and holds it to exactly the attributes of its type. */
export class ObjectBuilder {
  readonly #values: Record<string, Value> = {};
  #count = 0;

  constructor(
    private readonly attributes: Readonly<Record<string, CtyType>>,
    private readonly path: ValuePath,
  ) {}

  /** The type of an attribute that was found. Throws when the object has no such attribute, or has it already. */
  expect(name: string): CtyType {
    const type = Object.hasOwn(this.attributes, name) ? this.attributes[name] : undefined;
    if (type === undefined) throw this.path.error(`unexpected attribute ${JSON.stringify(name)}`);
    if (Object.hasOwn(this.#values, name)) throw this.path.error(`attribute ${JSON.stringify(name)} occurs twice`);
    return type;
  }

  set(name: string, value: Value): void {
    this.#count += 1;
    if (name !== '__proto__') {
      this.#values[name] = value;
      return;
    }
    // Assigned, it would become the prototype.
    Object.defineProperty(this.#values, name, { value, enumerable: true, writable: true, configurable: true });
  }

  /** The object. Throws when an attribute is missing, unless `missing` says what stands for it. */
  finish(missing?: null): Value {
    if (this.#count < Object.keys(this.attributes).length) {
      for (const name of Object.keys(this.attributes)) {
        if (Object.hasOwn(this.#values, name)) continue;
        if (missing === undefined) throw this.path.error(`attribute ${JSON.stringify(name)} is missing`);
        this.set(name, missing);
      }
    }
    return this.#values;
  }
}
