import type { PlanElement, PlanView } from '../../plan';

/** A resource and the plan it is in. */
export interface Placed {
  readonly view: PlanView;
  readonly element: PlanElement;
}

/** What a resource type is named by in arguments of others. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  aws_s3_bucket: ['bucket'],
  aws_iam_role: ['name'],
  aws_iam_policy: ['arn'],
  aws_kms_key: ['arn', 'key_id'],
};

/**
 * Which resource an argument names, by text or, while the name is not known yet, by reference; before the apply or after
 * it. Every type is read once, so that big plans stay cheap.
 */
export class Relations {
  private readonly byName = new Map<string, ReadonlyMap<string, readonly Placed[]>>();
  private readonly bySatellite = new Map<string, ReadonlyMap<PlanElement, readonly Placed[]>>();

  constructor(private readonly plans: readonly PlanView[]) {}

  /** All managed resources of a type. */
  all(type: string): readonly Placed[] {
    return this.plans.flatMap((view) => view.ofType(type).map((element) => ({ view, element })));
  }

  /** Types in the plans that begin so. */
  typesFrom(beginning: string): readonly string[] {
    const types = this.plans.flatMap(({ elements }) => elements.map(({ type }) => type));
    return [...new Set(types)].filter((type) => type.startsWith(beginning));
  }

  /** Resources of type `named` that an argument names. */
  named({ view, element }: Placed, argument: string, named: string): readonly Placed[] {
    const names = this.names(named);
    const found = new Map<PlanElement, Placed>();
    for (const values of [element.before, element.after]) {
      for (const text of textsIn(values?.[argument])) {
        for (const placed of names.get(text) ?? []) found.set(placed.element, placed);
      }
    }
    // A reference is only followed where no name is known: that is what it stands for.
    if (textsIn(element.after?.[argument]).length === 0 || argument === 'rule') {
      for (const { to } of view.referredBy(element, argument)) {
        if (to.type === named && to.mode === 'resource') found.set(to, { view, element: to });
      }
    }
    return [...found.values()];
  }

  /** Resources of a type whose argument names this one. */
  around(holder: Placed, type: string, argument: string): readonly Placed[] {
    const named = holder.element.type;
    const key = `${type} ${argument} ${named}`;
    let index = this.bySatellite.get(key);
    if (index === undefined) {
      index = this.indexed(type, argument, named);
      this.bySatellite.set(key, index);
    }
    return index.get(holder.element) ?? [];
  }

  private indexed(type: string, argument: string, named: string): ReadonlyMap<PlanElement, readonly Placed[]> {
    const found = new Map<PlanElement, Placed[]>();
    for (const satellite of this.all(type)) {
      for (const { element } of this.named(satellite, argument, named)) {
        const list = found.get(element);
        if (list === undefined) found.set(element, [satellite]);
        else list.push(satellite);
      }
    }
    return found;
  }

  private names(type: string): ReadonlyMap<string, readonly Placed[]> {
    let index = this.byName.get(type);
    if (index === undefined) {
      const made = new Map<string, Placed[]>();
      for (const placed of this.all(type)) {
        for (const name of namesOf(placed.element, NAMED_BY[type] ?? [])) {
          const list = made.get(name);
          if (list === undefined) made.set(name, [placed]);
          else list.push(placed);
        }
      }
      this.byName.set(type, made);
      index = made;
    }
    return index;
  }
}

/** What these attributes are, before and after. */
export function namesOf({ before, after }: PlanElement, attributes: readonly string[]): readonly string[] {
  const values = attributes.flatMap((attribute) => [before?.[attribute], after?.[attribute]]);
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

/** Texts anywhere in a value. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
