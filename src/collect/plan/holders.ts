import type { Element } from '../../plan';
import type { PlanView } from '../../plan';
import { valueOf } from './values';

/** A resource, and the plan it is in. */
export interface Holder {
  readonly view: PlanView;
  readonly element: Element;
}

/** A holder that may mean something else, and why that is unknown. */
export interface PerhapsHolder extends Holder {
  readonly why: string;
}

/**
 * Resources of one type by what one argument of theirs names: the name of another resource as text, or, while the name is
 * not known yet, the resource that is referred to. Read once, so that asking for each of many roles or buckets stays cheap.
 */
export class Holders {
  private readonly byName = new Map<unknown, Holder[]>();
  private readonly byElement = new Map<Element, Holder[]>();
  private readonly perhapsByElement = new Map<Element, PerhapsHolder[]>();
  private readonly open = new Map<PlanView, PerhapsHolder[]>();

  /** `named` is the type that the argument names: references to others do not count. */
  constructor(
    views: readonly PlanView[],
    type: string,
    readonly argument: string,
    named: string,
  ) {
    for (const view of views) {
      for (const element of view.ofType(type)) if (element.after !== null) this.add({ view, element }, named);
    }
  }

  /** Those that surely mean the resource of this name; `undefined` for a name that is not known. */
  of(element: Element | undefined, name: unknown): readonly Holder[] {
    const named = typeof name === 'string' ? (this.byName.get(name) ?? []) : [];
    return element === undefined ? named : [...named, ...(this.byElement.get(element) ?? [])];
  }

  /** Those of which it is unknown whether they mean it. */
  perhaps({ view, element }: Holder): readonly PerhapsHolder[] {
    return [...(this.perhapsByElement.get(element) ?? []), ...(this.open.get(view) ?? [])];
  }

  private add(holder: Holder, named: string): void {
    const { view, element } = holder;
    const given = valueOf(view, element, this.argument, null);
    if (given.known) {
      const names: readonly unknown[] = Array.isArray(given.value) ? given.value : [given.value];
      for (const name of new Set(names)) push(this.byName, name, holder);
      return;
    }
    const referred = view.referredBy(element, this.argument);
    const meant = referred.filter(({ to }) => to.type === named).map(({ to }) => to);
    const perhaps = { ...holder, why: given.why };
    // One text is one of several references; a list may well be all of them.
    const isSure = meant.length === 1 || this.argument === 'roles';
    for (const to of new Set(meant)) {
      if (isSure) push(this.byElement, to, holder);
      else push(this.perhapsByElement, to, perhaps);
    }
    if (referred.length === 0) push(this.open, view, perhaps);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
