import type { CtyType } from '../../plugin';
import type { Attribute, AttributeShape, Attributes, Block, Blocks } from '../schema';

/** What has attributes and blocks: a schema, a nested block, or (without blocks) a nested attribute's object. */
export interface ObjectShape {
  readonly attributes: Attributes;
  readonly blocks: Blocks;
}

const NO_BLOCKS: Blocks = {};
const nestedShapes = new WeakMap<Attributes, ObjectShape>();
const objectTypes = new WeakMap<ObjectShape, CtyType>();

/** The object inside a nested attribute. The same shape for the same attributes, so that caches hit. */
export function nestedShape(attributes: Attributes): ObjectShape {
  let shape = nestedShapes.get(attributes);
  if (!shape) nestedShapes.set(attributes, (shape = { attributes, blocks: NO_BLOCKS }));
  return shape;
}

/** The inside of a nested attribute, or undefined for a simple one. */
export function insideOf(shape: AttributeShape): ObjectShape | undefined {
  return 'attributes' in shape ? nestedShape(shape.attributes) : undefined;
}

/** The cty type of an attribute. */
export function attributeType({ shape }: Attribute): CtyType {
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return shape.kind;
    case 'list':
    case 'set':
    case 'map':
      return [shape.kind, shape.element];
    case 'single_nested':
      return objectType(nestedShape(shape.attributes));
    case 'list_nested':
      return ['list', objectType(nestedShape(shape.attributes))];
    case 'set_nested':
      return ['set', objectType(nestedShape(shape.attributes))];
    case 'map_nested':
      return ['map', objectType(nestedShape(shape.attributes))];
  }
}

/** The cty type of a nested block as an attribute of its parent. */
export function blockType(block: Block): CtyType {
  return block.nesting === 'single' ? objectType(block) : [block.nesting, objectType(block)];
}

/** The cty type of a whole object; computed once a shape. */
export function objectType(shape: ObjectShape): CtyType {
  let type = objectTypes.get(shape);
  if (!type) {
    const members: { [name: string]: CtyType } = {};
    for (const [name, attribute] of Object.entries(shape.attributes)) members[name] = attributeType(attribute);
    for (const [name, block] of Object.entries(shape.blocks)) members[name] = blockType(block);
    objectTypes.set(shape, (type = ['object', members]));
  }
  return type;
}
