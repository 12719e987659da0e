import { originOf, type PlanView } from '../../plan';
import type { PlansRead } from './plans-read';
import type { Origin } from '../../facts';
import type { Placed } from './relations';

/** Where the things are that facts and findings are about: in which plan, at which address, line and construct. */
export class Places {
  private readonly bySubject = new Map<string, Placed>();
  private readonly fallback: string;

  constructor({ plans }: PlansRead) {
    for (const view of plans) {
      for (const element of [...view.elements, ...view.unplanned()])
        this.bySubject.set(element.subject.address, { view, element });
    }
    // What no plan manages, such as a bucket of another program, is a matter of the plan that speaks of it: with one plan
    // that is sure.
    this.fallback = (plans.find(({ elements }) => elements.some(isOwn)) ?? plans[0])?.name ?? '';
  }

  targetOf({ address }: Origin): string {
    return this.bySubject.get(address)?.view.name ?? this.fallback;
  }

  /** The address as the plan has it, without the plan's name that tells equal ones apart. */
  placeOf(origin: Origin): Origin {
    const placed = this.bySubject.get(origin.address);
    if (placed === undefined) return origin;
    return { ...originOf(placed.element), ...origin, address: placed.element.address };
  }

  /** Where an address of a plan is in the code. */
  placeAt(view: PlanView, address: string): Origin {
    this.byAddress ??= this.indexed();
    const placed = this.byAddress.get(address)?.find((one) => one.view === view);
    return placed === undefined ? { address } : { ...originOf(placed.element), address };
  }

  /** What facts call an address of a plan; the address itself for what the plan does not manage. */
  subjectsOf(address: string, target: string | undefined): readonly string[] {
    this.byAddress ??= this.indexed();
    const found = this.byAddress.get(address);
    if (found === undefined) return [address];
    return found
      .filter(({ view }) => (target ?? view.name) === view.name)
      .map(({ element }) => element.subject.address);
  }

  private byAddress?: ReadonlyMap<string, readonly Placed[]>;

  private indexed(): ReadonlyMap<string, readonly Placed[]> {
    const found = new Map<string, Placed[]>();
    for (const placed of this.bySubject.values()) {
      const list = found.get(placed.element.address);
      if (list === undefined) found.set(placed.element.address, [placed]);
      else list.push(placed);
    }
    return found;
  }
}

const isOwn = ({ type }: { readonly type: string }): boolean => type.startsWith('genesyscloud_');
