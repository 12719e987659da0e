import type { AttributePath, AttributePathStep } from '../../plugin';
import type { ObjectShape } from './cty-type';
import { insideOf } from './cty-type';
import type { Path } from '../diagnostics';

/** A path as a user would write it: `destination.bucket`, `conversation_ids[3]`, `tags["team"]`. */
export function formatPath(path: Path, shape?: ObjectShape): string {
  const steps = shape ? stepsOf(path, shape) : path.map(guessStep);
  return steps
    .map((step, index) => {
      if ('attributeName' in step) return index === 0 ? step.attributeName : `.${step.attributeName}`;
      if ('elementKeyInt' in step) return `[${step.elementKeyInt}]`;
      return `[${JSON.stringify(step.elementKeyString)}]`;
    })
    .join('');
}

/**
 * A path in wire form. It ends at a set (nothing can point into one) and at the first step the schema does not have; a
 * path without any valid step is undefined, because an empty one would lose the source line.
 */
export function toWirePath(path: Path, shape: ObjectShape): AttributePath | undefined {
  const steps = stepsOf(path, shape);
  return steps.length === 0 ? undefined : { steps };
}

function guessStep(step: string | number): AttributePathStep {
  return typeof step === 'number' ? { elementKeyInt: BigInt(step) } : { attributeName: step };
}

type Inside =
  | { readonly kind: 'object'; readonly shape: ObjectShape }
  | { readonly kind: 'list' | 'map'; readonly element: Inside | undefined }
  | undefined;

function stepsOf(path: Path, shape: ObjectShape): AttributePathStep[] {
  const steps: AttributePathStep[] = [];
  let inside: Inside = { kind: 'object', shape };
  for (const step of path) {
    if (inside?.kind === 'object' && typeof step === 'string') {
      const next: Inside | 'missing' = member(inside.shape, step);
      if (next === 'missing') return steps;
      steps.push({ attributeName: step });
      inside = next;
    } else if (inside?.kind === 'list' && typeof step === 'number') {
      steps.push({ elementKeyInt: BigInt(step) });
      inside = inside.element;
    } else if (inside?.kind === 'map' && typeof step === 'string') {
      steps.push({ elementKeyString: step });
      inside = inside.element;
    } else {
      return steps;
    }
  }
  return steps;
}

function member(shape: ObjectShape, name: string): Inside | 'missing' {
  const attribute = Object.hasOwn(shape.attributes, name) ? shape.attributes[name] : undefined;
  if (attribute) {
    const nested = insideOf(attribute.shape);
    const element: Inside = nested && { kind: 'object', shape: nested };
    switch (attribute.shape.kind) {
      case 'single_nested':
        return element;
      case 'list':
      case 'list_nested':
        return { kind: 'list', element };
      case 'map':
      case 'map_nested':
        return { kind: 'map', element };
      default:
        return undefined;
    }
  }
  const block = Object.hasOwn(shape.blocks, name) ? shape.blocks[name] : undefined;
  if (!block) return 'missing';
  const object: Inside = { kind: 'object', shape: block };
  if (block.nesting === 'single') return object;
  return block.nesting === 'list' ? { kind: 'list', element: object } : undefined;
}
