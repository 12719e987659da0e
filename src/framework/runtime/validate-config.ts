import type { Value } from '../../plugin';
import { isUnknown } from '../../plugin';
import type { Diagnostics, Path } from '../diagnostics';
import type { Attribute, Block } from '../schema';
import type { AttributeValidator } from '../validation';
import { insideOf, type ObjectShape } from '../values/cty-type';
import { whollyKnown } from '../values/equality';
import { isCollection, isObject, memberOf } from '../values/walk';

/**
 * Asks for every required attribute, runs the validators of every attribute whose value is known and set, and counts blocks.
 * What a validator says about a sensitive value is not shown, because it may quote it.
 *
 * Terraform itself asks only whether a required argument is written: `name = var.name` is, also where the variable is null.
 */
export function validateConfig(shape: ObjectShape, config: Value, diagnostics: Diagnostics): void {
  new Walk(diagnostics).object(shape, config, [], false);
}

class Walk {
  constructor(private readonly diagnostics: Diagnostics) {}

  object(shape: ObjectShape, config: Value, path: Path, secret: boolean): void {
    if (!isObject(config)) return;
    for (const [name, attribute] of Object.entries(shape.attributes)) {
      this.attribute(attribute, memberOf(config, name), [...path, name], secret);
    }
    for (const [name, block] of Object.entries(shape.blocks)) {
      this.blocks(name, block, memberOf(config, name), [...path, name], secret);
    }
  }

  private attribute(attribute: Attribute, value: Value, path: Path, within: boolean): void {
    if (isUnknown(value)) return;
    const { options, shape } = attribute;
    if (value === null) {
      if (options.required === true) this.missing(path);
      return;
    }
    const secret = within || options.sensitive === true;
    if (options.deprecated !== undefined) {
      this.diagnostics.warn(`"${nameOf(path)}" is deprecated`, options.deprecated, path);
    }
    for (const validator of options.validators ?? []) this.check(validator, value, path, secret);
    const inside = insideOf(shape);
    if (inside) forEachObject(value, path, (object, at) => this.object(inside, object, at, secret));
  }

  private missing(path: Path): void {
    const name = nameOf(path);
    this.diagnostics.error(
      'Missing required argument',
      `The argument "${name}" is required, but its value is null. Give it a value; where it comes from a variable or another resource, that is null here.`,
      path,
    );
  }

  private check(validator: AttributeValidator<unknown>, value: Value, path: Path, secret: boolean): void {
    if ('element' in validator && Array.isArray(value)) {
      const element = validator.element as AttributeValidator<unknown>;
      (value as readonly Value[]).forEach((each, index) => this.check(element, each, [...path, index], secret));
      return;
    }
    if (!whollyKnown(value)) return;
    const problem = validator.check(value);
    if (problem === undefined) return;
    const detail = secret ? `The (sensitive) value is not ${validator.description}.` : problem;
    this.diagnostics.error(`Invalid value for "${nameOf(path)}"`, detail, path);
  }

  private blocks(name: string, block: Block, value: Value, path: Path, secret: boolean): void {
    if (isUnknown(value)) return;
    if (isCollection(value)) {
      const count = (value as readonly Value[]).length;
      if (count < (block.minItems ?? 0)) {
        const detail = `At least ${block.minItems} must be given; there are ${count}.`;
        this.diagnostics.error(`Too few "${name}" blocks`, detail, path);
      }
      if (block.maxItems !== undefined && count > block.maxItems) {
        const detail = `At most ${block.maxItems} may be given; there are ${count}.`;
        this.diagnostics.error(`Too many "${name}" blocks`, detail, path);
      }
    }
    forEachObject(value, path, (object, at) => this.object(block, object, at, secret));
  }
}

function forEachObject(value: Value, path: Path, visit: (object: Value, path: Path) => void): void {
  if (isObject(value)) return visit(value, path);
  if (value instanceof Map) {
    for (const [key, element] of value as ReadonlyMap<string, Value>) visit(element, [...path, key]);
  } else if (Array.isArray(value)) {
    (value as readonly Value[]).forEach((element, index) => visit(element, [...path, index]));
  }
}

function nameOf(path: Path): string {
  return String(path.findLast((step) => typeof step === 'string') ?? '');
}
