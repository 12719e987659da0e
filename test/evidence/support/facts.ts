import type { Totals } from '../../../src/evidence/reconcile/reconcile';
import type { ClaimFact, PackFacts } from '../../../src/evidence/pack/facts';
import type { Actor } from '../../../src/evidence/model';

export const ANN: Actor = { known: true, name: 'ann@laptop', source: 'entry 2 of the register' };

export function totals(more: Partial<Totals> = {}): Totals {
  return {
    conversations: 40,
    inScope: 40,
    scopeUnknown: 0,
    claimed: 40,
    claimedInScope: 40,
    held: 40,
    heldUnknown: 0,
    recordings: 54,
    recordingsUnknown: 0,
    exported: 54,
    files: 54,
    bytes: 53_000,
    filesHeld: 54,
    otherFiles: 0,
    holdsUnknown: 0,
    withoutChecksum: 0,
    checksums: { contents: 54, s3: 0, 's3-composite': 0 },
    differences: {},
    ...more,
  };
}

export function job(more: Partial<PackFacts['jobs'][number]> = {}): PackFacts['jobs'][number] {
  return {
    id: '7aa4666e-c66a-5606-dc76-39314b980188',
    state: 'FULFILLED',
    created: Date.parse('2026-02-01T09:00:00Z'),
    interval: '2026-01-01T00:00:00.000Z/2026-01-31T00:00:00.000Z',
    includesScreens: false,
    includesSnippets: false,
    includesSensitive: true,
    conversations: 40,
    recordings: 54,
    skipped: 0,
    failed: 0,
    error: null,
    ...more,
  };
}

export function claim(more: Partial<ClaimFact> = {}): ClaimFact {
  return {
    id: '0177f540-0000-4000-8000-000000000000',
    kind: 'conversations',
    name: 'Acme v. Example',
    holdApi: 'deletion_protection',
    hold: null,
    state: 'held',
    since: '2026-02-02T09:00:00.000Z',
    by: 'ann@laptop',
    covers: '40 conversations',
    released: null,
    reason: null,
    replacedBy: null,
    approvedBy: null,
    ...more,
  };
}

/** A matter in which all is as it should be. */
export function facts(more: Partial<PackFacts> = {}): PackFacts {
  return {
    matter: 'MATTER-2026-0017',
    lookedFrom: '2026-03-01T12:00:00.000Z',
    lookedUntil: '2026-03-01T12:30:00.000Z',
    totals: totals(),
    jobs: [job()],
    places: [{ bucket: 'recordings', prefix: 'acme/' }],
    claims: [claim()],
    events: [{ at: '2026-02-02T09:00:00.000Z', lane: 'claims', text: 'Claim 0177f540 made', actor: ANN }],
    examples: [],
    notLookedAt: [],
    buckets: [],
    settings: [],
    register: { id: '748d8735-5300-48af-931c-59b9a6566dfc', place: '/srv/register', entries: 7, head: 'ab'.repeat(32) },
    run: {
      by: 'ann@laptop',
      awsIdentity: 'arn:aws:iam::111122223333:user/ann',
      genesysOrganization: '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b',
      software: [{ name: 'genesyscloud-compliance', version: '0.1.0' }],
      command: 'genesyscloud-compliance evidence collect --matter MATTER-2026-0017',
    },
    hashing: 'contents',
    whoAsked: false,
    keyId: 'cd'.repeat(32),
    ...more,
  };
}
