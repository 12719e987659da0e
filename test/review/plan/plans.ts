/** Small plans for tests, in the form of `terraform show -json`. */

import { readPlans } from '../../../src/collect/plan';
import type { PlanInput } from '../../../src/plan';
import { buildReview, parseSettings, type ReviewReport, type UnreadPlan } from '../../../src/review';

type Values = Readonly<Record<string, unknown>>;

/** A resource and what happens to it. */
export interface Planned {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: Values | null;
  readonly after?: Values | null;
  readonly unknown?: Values;
  readonly sensitive?: Values;
  readonly previous?: string;
  /** Arguments that the configuration gives, as expressions. */
  readonly given?: Values;
}

/** The plan in which these things happen. */
export function planOf(planned: readonly Planned[], more: object = {}): PlanInput['plan'] {
  const parts = (address: string) => address.split('.') as [type: string, name: string];
  return {
    format_version: '1.2',
    resource_changes: planned.map((one) => ({
      address: one.address,
      mode: 'managed',
      type: parts(one.address)[0],
      name: parts(one.address)[1],
      ...(one.previous === undefined ? {} : { previous_address: one.previous }),
      change: {
        actions: one.actions,
        before: one.before ?? null,
        after: one.after ?? null,
        after_unknown: one.unknown ?? {},
        before_sensitive: one.sensitive ?? {},
        after_sensitive: one.sensitive ?? {},
      },
    })),
    configuration: {
      // A register that every machine sees: these plans are about other things.
      provider_config: {
        compliance: {
          name: 'compliance',
          full_name: 'terraform.local/genesyscloud/compliance',
          expressions: { register: { constant_value: 's3://acme-register/holds' } },
        },
      },
      root_module: { resources: planned.map(({ address, given = {} }) => ({ address, expressions: given })) },
    },
    ...more,
  } as PlanInput['plan'];
}

/** The review of one plan or several by name. */
export function reviewOf(
  plans: readonly Planned[] | Readonly<Record<string, readonly Planned[]>>,
  { settings = {}, unread = [] }: { readonly settings?: object; readonly unread?: readonly UnreadPlan[] } = {},
): ReviewReport {
  const named = Array.isArray(plans) ? { plan: plans as readonly Planned[] } : (plans as Record<string, Planned[]>);
  const inputs = Object.entries(named).map(([name, planned]) => ({ name, plan: planOf(planned) }));
  return reviewOfInputs(inputs, settings, unread);
}

export function reviewOfInputs(
  inputs: readonly PlanInput[],
  settings: object = {},
  unread: readonly UnreadPlan[] = [],
): ReviewReport {
  return buildReview(
    readPlans(inputs),
    { today: '2026-03-02', settings: parseSettings(JSON.stringify(settings)) },
    unread,
  );
}

/** All that is said of one resource. */
export function saidOf(report: ReviewReport, address: string): readonly string[] {
  return report.changes.filter(({ place }) => place.address === address).flatMap(({ sentences }) => sentences);
}

export const HOLD = 'genesyscloud_compliance_legalhold.acme';
export const EXPORT = 'genesyscloud_recording_export_job.sms';
export const FILES = 'genesyscloud_compliance_object_hold.files';

export const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `00000017-0000-4000-8000-${String(from + n).padStart(12, '0')}`);

/** A hold as it stands in state. */
export const held = (more: Values = {}): Values => ({
  id: 'hold-1',
  name: 'Acme v. Example',
  conversation_ids: ids(0, 4),
  export_job_id: null,
  hold_api: 'deletion_protection',
  release_on_destroy: false,
  status: 'active',
  conversation_count: 4,
  held_count: 4,
  missing_count: 0,
  failed_count: 0,
  out_of_scope_count: 0,
  ...more,
});

/** A finished export as it stands in state. */
export const exported = (more: Values = {}): Values => ({
  id: 'job-1,job-2',
  interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
  media_types: ['message'],
  message_types: ['sms'],
  batch_interval: 'P7D',
  batch_count: 5,
  state: 'exported',
  wait_for: 'exported',
  conversation_count: 44,
  destination: null,
  ...more,
});
