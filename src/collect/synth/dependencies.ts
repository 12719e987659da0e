import type { IResolvable } from 'cdktf';
import type { HoldDependency } from '../../facts';
import { expressionText, isCall, isDependable, isLazy, isReference, peel, pieces, tokenOf } from './tokens';
import type { Element, Tree } from './tree';
import type { Place, Values } from './values';

/** One way in which an element waits for another. */
interface Edge {
  readonly to: Element;
  /** Top-level attribute that holds the reference; `depends_on` among them. */
  readonly attribute: string;
}

/** Where a walk through a value is, and what it has found. */
interface Walk {
  readonly place: Place;
  /** Whether a text is an address even without `${…}` around it. */
  readonly bareAddresses: boolean;
  readonly mentioned: Set<Element>;
}

/** Attributes whose texts are addresses: `depends_on`, and `replace_triggered_by` in `lifecycle`. */
const BARE = new Set(['depends_on', 'lifecycle']);

/** How far values are followed; only circles of locals are deeper. */
const DEEPEST = 50;

/** Which exports elements wait for, directly or through other elements and locals. */
export class Dependencies {
  private readonly known = new Map<Element, readonly Edge[]>();
  private readonly reached = new Map<Element, ReadonlySet<Element>>();

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

  /** Kept for each: a hold comes to its export by a reference and by `depends_on`. */
  private reachable(start: Element): ReadonlySet<Element> {
    const known = this.reached.get(start);
    if (known !== undefined) return known;
    const seen = new Set([start]);
    for (const element of seen) for (const { to } of this.edges(element)) seen.add(to);
    this.reached.set(start, seen);
    return seen;
  }

  private edges(element: Element): readonly Edge[] {
    const known = this.known.get(element);
    if (known !== undefined) return known;
    const found: Edge[] = [];
    for (const [attribute, value] of Object.entries(element.attributes)) {
      const mentioned = new Set<Element>();
      this.walk(value, { place: element, bareAddresses: BARE.has(attribute), mentioned }, 0);
      mentioned.delete(element);
      for (const to of mentioned) found.push({ to, attribute });
    }
    this.known.set(element, found);
    return found;
  }

  /** Adds every element that a raw value mentions. */
  private walk(value: unknown, at: Walk, depth: number): void {
    if (depth > DEEPEST || value === null || value === undefined) return;
    const token = tokenOf(value);
    if (token !== undefined) this.walkToken(token, at, depth);
    else if (typeof value === 'string') this.walkText(value, at, depth);
    else if (typeof value === 'object') {
      for (const inner of Object.values(value) as unknown[]) this.walk(inner, at, depth + 1);
    }
  }

  private walkToken(token: IResolvable, at: Walk, depth: number): void {
    if (isReference(token)) {
      const stack = token.originStack ?? at.place.stack;
      this.refer(token.identifier, { ...at, place: { construct: stack, stack } }, depth);
    } else if (isDependable(token)) {
      const element = this.tree.elementOf(token.dependable);
      if (element !== undefined) at.mentioned.add(element);
    } else if (isCall(token)) this.walk(token.args, at, depth + 1);
    else if (isLazy(token)) this.walk(peel(token, at.place.construct), at, depth + 1);
    else this.walkText(expressionText(token, at.place.construct), at, depth);
  }

  private walkText(text: string, at: Walk, depth: number): void {
    if (text.includes('TfToken[')) {
      for (const piece of pieces(text)) this.walk(piece, at, depth + 1);
    } else if (text.includes('${')) {
      for (let begin = text.indexOf('${'); begin !== -1;) {
        const end = text.indexOf('}', begin);
        if (end === -1) break;
        this.walkExpression(text.slice(begin + 2, end), at, depth);
        begin = text.indexOf('${', end);
      }
    } else if (at.bareAddresses) this.walkExpression(text, at, depth);
  }

  private walkExpression(expression: string, at: Walk, depth: number): void {
    for (const [identifier] of expression.matchAll(/(?<![\w-])[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+/g)) {
      this.refer(identifier, at, depth);
    }
  }

  private refer(identifier: string, at: Walk, depth: number): void {
    const { stack } = at.place;
    if (identifier.startsWith('local.')) {
      const value = this.tree.local(stack, identifier.split('.')[1] ?? '');
      this.walk(value, { ...at, place: { construct: stack, stack } }, depth + 1);
      return;
    }
    const { element } = this.values.targetOf(identifier, stack);
    if (element !== undefined) at.mentioned.add(element);
  }
}
