import { Tokenization } from 'cdktf';
import type { HoldDependency } from '../../rules';
import { expressionText, isCall, isDependable, isLazy, isReference, peel, pieces } from './tokens';
import type { Element, Tree } from './tree';
import type { Place, Values } from './values';

/** One way in which an element waits for another. */
interface Edge {
  readonly to: Element;
  /** Top-level attribute that holds the reference; `depends_on` among them. */
  readonly attribute: string;
}

/** Which exports elements wait for, directly or through other elements and locals. */
export class Dependencies {
  private readonly known = new Map<Element, readonly Edge[]>();

  constructor(
    private readonly tree: Tree,
    private readonly values: Values,
  ) {}

  /** Every export that `element` waits for, with how its own attributes lead there. */
  onExports(element: Element): readonly HoldDependency[] {
    const found: HoldDependency[] = [];
    for (const first of this.edges(element)) {
      for (const reached of this.reachable(first.to)) {
        if (reached.mode !== 'resource' || reached.type !== 'genesyscloud_recording_export_job') continue;
        found.push(
          first.attribute === 'depends_on'
            ? { export: this.tree.address(reached), via: 'depends_on' }
            : { export: this.tree.address(reached), via: 'reference', attribute: first.attribute },
        );
      }
    }
    return found;
  }

  private reachable(start: Element): ReadonlySet<Element> {
    const seen = new Set([start]);
    for (const element of seen) for (const { to } of this.edges(element)) seen.add(to);
    return seen;
  }

  private edges(element: Element): readonly Edge[] {
    const known = this.known.get(element);
    if (known !== undefined) return known;
    const found: Edge[] = [];
    for (const [attribute, value] of Object.entries(element.attributes)) {
      const reached = new Set<Element>();
      this.walk(value, element, reached, 0);
      reached.delete(element);
      for (const to of reached) found.push({ to, attribute });
    }
    this.known.set(element, found);
    return found;
  }

  /** Adds every element that a raw value mentions. */
  private walk(value: unknown, place: Place, reached: Set<Element>, depth: number): void {
    if (depth > 50 || value === null || value === undefined) return;
    if (typeof value === 'string') {
      if (value.includes('TfToken[')) {
        for (const piece of pieces(value)) this.walk(piece, place, reached, depth + 1);
        if (value.startsWith('#{') || value.startsWith('&{')) {
          for (const token of Tokenization.reverse([value])) this.walk(token, place, reached, depth + 1);
        }
      } else if (value.includes('.')) this.mentioned(value, place, reached, depth);
    } else if (typeof value === 'number') {
      const token = Tokenization.reverseNumber(value);
      if (token !== undefined) this.walk(token, place, reached, depth + 1);
    } else if (Tokenization.isResolvable(value)) {
      if (isReference(value)) {
        const stack = value.originStack ?? place.stack;
        this.mentioned(`\${${value.identifier}}`, { construct: stack, stack }, reached, depth);
      } else if (isDependable(value)) {
        const element = this.tree.elementOf(value.dependable);
        if (element !== undefined) reached.add(element);
      } else if (isCall(value)) this.walk(value.args, place, reached, depth + 1);
      else if (isLazy(value)) this.walk(peel(value, place.construct), place, reached, depth + 1);
      else this.mentioned(expressionText(value, place.construct), place, reached, depth);
    } else if (typeof value === 'object') {
      for (const inner of Object.entries(value).flat() as unknown[]) this.walk(inner, place, reached, depth + 1);
    }
  }

  /** References in Terraform text. A bare address counts too: that is how `depends_on` is written by hand. */
  private mentioned(text: string, place: Place, reached: Set<Element>, depth: number): void {
    const expressions = text.includes('${')
      ? [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, inner]) => inner ?? '')
      : [text];
    for (const [identifier] of expressions.flatMap((inner) => [
      ...inner.matchAll(/[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+/g),
    ])) {
      if (identifier.startsWith('local.')) {
        const name = identifier.split('.')[1] ?? '';
        this.walk(
          this.tree.local(place.stack, name),
          { construct: place.stack, stack: place.stack },
          reached,
          depth + 5,
        );
      } else {
        const { element } = this.values.targetOf(identifier, place.stack);
        if (element !== undefined) reached.add(element);
      }
    }
  }
}
