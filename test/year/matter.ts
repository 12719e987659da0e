/** One matter: its hold, as it is written and as terraform keeps it, and what it is known to need. */
import type { Value } from '../../src/plugin';
import type { Obj } from '../framework/support/driver';
import type { MatterPlan } from './department';
import { KeptResource } from './resource';

export const REASON = 'the matter is closed, says counsel';

export class Matter {
  readonly hold = new KeptResource();
  /** Conversations that were in scope and held after an apply of this hold that went well and knew all of its scope. */
  readonly needs = new Set<string>();
  /** Its release is written into the configuration. */
  consents = false;
  /** When its release was done. */
  releasedAt = Number.POSITIVE_INFINITY;

  constructor(
    readonly plan: MatterPlan,
    private readonly step: string,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  get isReleased(): boolean {
    return this.releasedAt !== Number.POSITIVE_INFINITY;
  }

  /** Whether a hold is configured for it at a moment. */
  isOpen(at: number): boolean {
    return this.plan.opens <= at && at < this.releasedAt;
  }

  /** Whether it is to be let go of. */
  isDue(now: number): boolean {
    return this.isOpen(now) && this.plan.ends !== null && this.plan.ends <= now && this.hold.state !== null;
  }

  config(now: number, exportId: Value): Obj {
    const common = {
      name: this.name,
      ...accepted(this.hold.state),
      ...(this.consents ? { release_on_destroy: true, release_reason: REASON } : {}),
    };
    if (this.plan.by === 'export') return { ...common, export_job_id: exportId };
    const scope = {
      interval: this.plan.intervalAt(now),
      batch_interval: this.step,
      media_types: ['message'],
      message_types: ['sms'],
      address_from: null,
      address_to: null,
      external_tag: null,
    };
    return { ...common, scope };
  }

  /** Beyond its bounds a refresh says that it does not know, which is no pass. */
  get isUnknown(): boolean {
    const said = this.hold.state?.['unknown'];
    return Array.isArray(said) && said.length > 0;
  }

  get gaps(): number {
    return Number(this.hold.state?.['gap_count'] ?? 0);
  }
}

/** Gaps that no apply can close. */
export function lacksOnlyWhatIsLost(state: Obj | null): boolean {
  const gaps = (state?.['gaps'] ?? []) as readonly Obj[];
  return gaps.length > 0 && gaps.every(({ kind }) => ['lost', 'gone', 'unprotectable'].includes(String(kind)));
}

/** As somebody writes it who has read what `status` says. */
export function accepted(state: Obj | null): Obj {
  const digest = state?.['gaps_sha256'] ?? null;
  if (digest === null || !lacksOnlyWhatIsLost(state)) return {};
  return { accepted_gaps: { sha256: digest, reason: 'erased on request' } };
}
