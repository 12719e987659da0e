import type { Value } from '../../plugin';
import { registerSecrets } from '../../secrets';
import { insideOf, type ObjectShape } from '../values/cty-type';
import { elementsOf, isCollection, isObject } from '../values/walk';

/** Registers the value of every sensitive attribute of an object as a secret. */
export function registerSensitive(shape: ObjectShape, value: Value): void {
  forEachSensitive(shape, value, registerSecrets);
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
