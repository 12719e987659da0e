import { readPlans } from '../../../src/collect/plan';
import type { PlanInput, PlanJson } from '../../../src/plan';
import type { ChangeFact, Facts, Loss } from '../../../src/facts';

type Row = Readonly<Record<string, unknown>>;

/** One resource of a plan that is written by hand, as `terraform show -json` has it. */
export interface Planned {
  readonly address: string;
  readonly actions?: readonly string[];
  readonly before?: Row | null;
  readonly after?: Row | null;
  readonly unknown?: Row;
  readonly sensitive?: Row;
  readonly deposed?: string;
  /** Arguments of the configuration, as expressions. */
  readonly given?: Row;
}

export const refers = (...references: readonly string[]): object => ({ references });

/** A plan with these resources, all of the root module. */
export function planOf(resources: readonly Planned[], more: Partial<PlanJson> = {}): PlanJson {
  return {
    format_version: '1.2',
    resource_changes: resources.map(
      ({ address, actions = ['no-op'], before = null, after = null, unknown, sensitive, deposed }) => ({
        address,
        mode: 'managed',
        type: address.split('.')[0]!,
        name: address.split('.')[1]!,
        ...(deposed === undefined ? {} : { deposed }),
        change: {
          actions,
          before,
          after,
          after_unknown: unknown ?? {},
          before_sensitive: sensitive ?? {},
          after_sensitive: sensitive ?? {},
        },
      }),
    ),
    configuration: {
      root_module: { resources: resources.map(({ address, given = {} }) => ({ address, expressions: given })) },
    },
    ...more,
  };
}

export function factsOf(...plans: readonly PlanJson[]): Facts {
  return readPlans(plans.map((plan, index): PlanInput => ({ name: `stack-${index + 1}`, plan }))).facts;
}

/** What a plan does to one resource. */
export function changeOf(address: string, ...resources: readonly Planned[]): ChangeFact {
  const found = factsOf(planOf(resources)).changes?.filter((change) => change.address === address) ?? [];
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** A loss without where its numbers were read. */
export function plain(loss: Loss): Row {
  return Object.fromEntries(
    Object.entries(loss).map(([name, value]: [string, unknown]) => {
      if (typeof value !== 'object' || value === null || !('known' in value)) return [name, value];
      return [name, value.known === true ? (value as { value?: unknown }).value : 'unseen'];
    }),
  );
}

export const lossesOf = (change: ChangeFact): readonly Row[] => change.losses.map(plain);
