/** Reports made by hand, with something of everything, for the renderers. */
import type { Item, ReviewReport } from '../../../src/review';

const HOLD = {
  address: 'genesyscloud_compliance_legalhold.acme',
  constructPath: 'acme/sms/hold',
  source: 'main.ts:42',
};
const EXPORT = { address: 'genesyscloud_recording_export_job.acme', constructPath: 'acme/sms/export' };
const POLICY = { address: 'aws_iam_role_policy.exporter', attribute: 'policy', constructPath: 'acme/role/policy' };

/** An item, of which only what matters need be said. */
export function item(given: Partial<Item>): Item {
  return {
    id: 'hold/release-guard genesyscloud_compliance_legalhold.acme',
    rule: 'hold/release-guard',
    level: 'error',
    severity: 'error',
    target: 'prod-eu',
    place: HOLD,
    headline: 'Releases the legal hold on 412 conversations',
    text: 'The plan destroys a hold that protects 412 conversations.',
    evidence: [],
    remedy: '',
    ...given,
  };
}

/** The review of two plans, one of which could not be read. */
export function richReview(): ReviewReport {
  return {
    kind: 'review',
    title: 'Plan review: 1 error, 1 warning, 1 that unknown; 1 of 2 plans could not be read',
    targets: [
      {
        name: 'prod-eu',
        state: 'complete',
        problems: [],
        counts: { destroy: 1, update: 1, none: 40 },
        concerned: true,
      },
      {
        name: 'prod-us',
        state: 'failed',
        problems: ['prod-us.json is not JSON. Write it with "terraform show -json plan > prod-us.json".'],
        counts: {},
        concerned: false,
      },
    ],
    items: [
      item({
        evidence: [{ origin: { ...HOLD, attribute: 'release_on_destroy' }, what: 'release_on_destroy', text: 'true' }],
        remedy: 'Keep the resource. After a rename, add:\nmoved {\n  from = genesyscloud_compliance_legalhold.old\n}',
        help: 'npx --no-install genesyscloud-compliance explain hold/release-guard',
      }),
      item({
        id: 'iam/least-privilege aws_iam_role.exporter',
        rule: 'iam/least-privilege',
        level: 'warn',
        severity: 'warn',
        place: POLICY,
        headline: 'The export role may delete objects',
        text: 'What writes an archive should not be able to empty it.',
        evidence: [{ origin: POLICY, what: 'statement "All"', text: '{\n  "Action": "s3:*"\n}' }],
        remedy: 'Take s3:DeleteObject out of the statement "All".',
        changed: { from: 'error', reason: 'the archive is copied every night' },
      }),
      item({
        id: 'iam/external-id aws_iam_role.exporter',
        rule: 'iam/external-id',
        level: 'unknown',
        place: { address: 'aws_iam_role.exporter' },
        headline: 'The trust policy is known after the apply',
        text: 'It is made of another resource that does not exist yet.',
      }),
      item({
        id: 'byoc/certificate-verification genesyscloud_integration.sms',
        rule: 'byoc/certificate-verification',
        level: 'error',
        place: { address: 'genesyscloud_integration.sms' },
        headline: 'Verification of certificates is off',
        ignored: { reason: 'the carrier renews its chain', until: '2026-12-31' },
      }),
      item({
        id: 'export/metadata-resolution genesyscloud_recording_export_job.acme',
        rule: 'export/metadata-resolution',
        level: 'pass',
        place: EXPORT,
        headline: 'Metadata is not resolved',
      }),
    ],
    changes: [
      {
        target: 'prod-eu',
        place: HOLD,
        type: 'genesyscloud_compliance_legalhold',
        action: 'destroy',
        sentences: ['releases the legal hold on 412 conversations'],
        loses: true,
      },
      {
        target: 'prod-eu',
        place: EXPORT,
        type: 'genesyscloud_recording_export_job',
        action: 'update',
        previousAddress: 'genesyscloud_recording_export_job.old',
        sentences: ['exports 31 more days'],
        loses: false,
      },
    ],
    permissions: [
      {
        target: 'prod-eu',
        place: POLICY,
        holder: 'role aws_iam_role.exporter',
        removed: ['Allow s3:PutObjectTagging on arn:aws:s3:::recordings/*'],
        added: ['Allow s3:* on arn:aws:s3:::recordings/*'],
        unseen: null,
      },
    ],
    picture: {
      nodes: [
        { id: EXPORT.address, kind: 'export', label: 'SMS export, 31 days', action: 'update', loses: false },
        { id: HOLD.address, kind: 'hold', label: 'Acme v. Example', action: 'destroy', loses: true },
        { id: 'aws_s3_bucket.recordings', kind: 'bucket', label: 'recordings', action: 'none', loses: false },
      ],
      edges: [
        { from: EXPORT.address, to: HOLD.address, label: 'held by' },
        { from: EXPORT.address, to: 'aws_s3_bucket.recordings', label: '' },
      ],
    },
    work: {
      jobs: 4,
      requests: 48_000,
      seconds: 9_600,
      conversations: null,
      basis: ['Counted at 300 requests a minute.'],
    },
    off: [{ rule: 'byoc/sms-number', reason: 'numbers are kept by another team' }],
    stale: [
      {
        ignore: {
          rule: 'hold/capacity',
          address: 'genesyscloud_compliance_legalhold.gone',
          reason: 'the limit is being raised',
          until: '2026-10-31',
        },
        why: 'it held until 2026-10-31',
      },
    ],
  };
}

/** A run for drift with an item of each category. */
export function richDrift(): ReviewReport {
  const drift = (given: Partial<Item>): Item =>
    item({ category: 'drift', help: 'npx --no-install genesyscloud-compliance explain drift', ...given });
  return {
    ...emptyReview(),
    kind: 'drift',
    title: 'Drift: 1 error, 1 warning in 1 stack (1 new, 1 known, 1 settled)',
    targets: [{ name: 'prod-eu', state: 'complete', problems: [], counts: { none: 12 }, concerned: true }],
    items: [
      drift({
        id: 'drift/hold-released genesyscloud_compliance_legalhold.acme',
        rule: 'drift/hold-released',
        headline: 'The legal hold on 412 conversations was released',
        text: 'Terraform does not record who did it.',
        remedy: 'Run "terraform apply": it holds them again.',
        firstSeen: '2026-11-23',
      }),
      drift({
        id: 'drift/changed aws_s3_bucket.recordings',
        rule: 'drift/changed',
        level: 'warn',
        severity: 'warn',
        place: { address: 'aws_s3_bucket.recordings', attribute: 'tags' },
        headline: 'aws_s3_bucket.recordings was changed outside of Terraform: tags',
        text: 'It is not as Terraform left it.',
        evidence: [{ origin: { address: 'aws_s3_bucket.recordings' }, what: 'tags', text: '{"a":1} -> {"a":2}' }],
      }),
      drift({
        id: 'drift/pending aws_kms_key.recordings',
        rule: 'drift/pending',
        level: 'note',
        category: 'pending',
        place: { address: 'aws_kms_key.recordings' },
        headline: 'aws_kms_key.recordings is configured and not applied yet: update',
        text: 'The configuration asks for it.',
      }),
      drift({
        id: 'drift/computed genesyscloud_recording_export_job.acme totals',
        rule: 'drift/computed',
        level: 'note',
        category: 'noise',
        place: EXPORT,
        headline: 'Totals read differently',
        text: 'It does not count.',
      }),
      drift({
        id: 'drift/policy-changed aws_iam_role_policy.exporter',
        rule: 'drift/policy-changed',
        level: 'pass',
        place: POLICY,
        headline: 'Settled: The role may delete objects',
        text: 'It was found first on 2026-11-20, and is not there any more.',
        firstSeen: '2026-11-20',
      }),
    ],
  };
}

/** The review of a plan that has nothing of this product. */
export function emptyReview(): ReviewReport {
  return {
    kind: 'review',
    title: 'Plan review: nothing concerns exports or holds',
    targets: [{ name: 'web', state: 'complete', problems: [], counts: { create: 3 }, concerned: false }],
    items: [],
    changes: [],
    permissions: [],
    picture: null,
    work: null,
    off: [],
    stale: [],
  };
}

/** As many items as a plan with 10,000 resources may give. */
export function hugeReview(count = 10_000): ReviewReport {
  const levels = ['error', 'warn', 'unknown', 'note', 'pass'] as const;
  const items = levels.flatMap((level) =>
    Array.from({ length: count / levels.length }, (_, index) =>
      item({
        id: `hold/release-guard genesyscloud_compliance_legalhold.${level}${index}`,
        level,
        place: { ...HOLD, address: `genesyscloud_compliance_legalhold.${level}${index}` },
      }),
    ),
  );
  const review = richReview();
  const changes = Array.from({ length: count }, () => review.changes).flat();
  return { ...review, items, changes: [...changes].sort((a, b) => Number(b.loses) - Number(a.loses)) };
}
