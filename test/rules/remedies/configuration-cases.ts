/** Mistakes in configurations. Their remedies are arguments and blocks to paste. */

import type { BucketFact, ChangeFact, ExportFact, Facts, HoldFact, Loss } from '../../../src/facts';
import {
  allow,
  bucket,
  duty,
  estate,
  EXPORT,
  exportJob,
  HOLD,
  hold,
  liveEstate,
  OBJECTS_ARN,
  policyFact,
  registerAt,
  seen,
  statements,
} from '../estate';
import { changed, said, type RemedyCase } from './remedy-case';

const withExport = (change: Partial<ExportFact>): Facts => estate({ exports: [exportJob(change)] });
const withHold = (change: Partial<HoldFact>): Facts => estate({ holds: [hold(change)] });
const FILES = 'genesyscloud_compliance_object_hold.files';
const LONG = '2025-01-01T00:00:00Z/2026-01-01T00:00:00Z';
const IDS = seen<readonly string[] | null>(['00000017-0000-4000-8000-000000000001']);

/** Sets an argument of the export as the remedy writes it. */
const exported = (
  remedy: string,
  facts: Facts,
  pattern: RegExp,
  change: (value: string) => Partial<ExportFact>,
): Facts => {
  const [value = '', address = ''] = said(remedy, pattern);
  return {
    ...facts,
    exports: facts.exports.map((one) => (one.address === address ? { ...one, ...change(value) } : one)),
  };
};

/** Writes `export_job_id = ADDRESS.id`, or the `depends_on` that a remedy shows, into the hold. */
const waits =
  (argument: 'export_job_id' | 'depends_on') =>
  (remedy: string, facts: Facts): Facts => {
    const pattern =
      argument === 'depends_on' ? /dependsOn: \[\{ fqn: '(\S+)' \}\],/ : /exportJobId: '?(?:\$\{)?(\S+)\.id\b/;
    const [address = ''] = said(remedy, pattern);
    const dependsOn: HoldFact['dependsOn'] =
      argument === 'depends_on'
        ? [{ export: address, via: 'depends_on' }]
        : [{ export: address, via: 'reference', attribute: argument }];
    const reference = argument === 'depends_on' ? {} : { exportJobId: seen<string | null>(`\${${address}.id}`) };
    return { ...facts, holds: changed(facts.holds, { dependsOn, ...reference }) };
  };

const plan = (loss: Loss, change: Partial<ChangeFact> = {}): Facts => ({
  ...estate(),
  moment: 'plan',
  changes: [
    {
      address: HOLD,
      type: 'genesyscloud_compliance_legalhold',
      action: 'destroy',
      losses: [loss],
      reappearsAt: null,
      ...change,
    },
  ],
});
/** With the resource or the value back, the plan gives nothing up. */
const nothingLost = (facts: Facts): Facts => ({
  ...facts,
  changes: (facts.changes ?? []).map((change) => ({ ...change, action: 'none', losses: [], reappearsAt: null })),
});

const released: Loss = { kind: 'hold-released', by: 'destroy', conversations: seen(412) };

/** Who reads a remedy: the author of HCL, of a CDKTF program, or somebody who looks at an account. */
type Reader = 'hcl' | 'cdktf' | 'command';

function writtenIn(reader: Reader, change: Partial<BucketFact>): Facts {
  const { constructPath: _, ...plain } = bucket(change);
  const duties = [duty('export'), duty('tag'), duty('hold')];
  if (reader === 'command') return liveEstate({ duties, buckets: [plain] });
  return estate({ moment: reader === 'hcl' ? 'plan' : 'synth', buckets: [reader === 'hcl' ? plain : bucket(change)] });
}

const LOCK_ON = {
  hcl: /resource "aws_s3_bucket_object_lock_configuration" "\w+" \{\n {2}bucket = aws_s3_bucket\.recordings\.bucket\n {2}object_lock_enabled = "Enabled"\n\}/,
  cdktf:
    /new S3BucketObjectLockConfigurationA\(this, '[\w-]+', \{\n {2}bucket: '\$\{aws_s3_bucket\.recordings\.bucket\}',\n {2}objectLockEnabled: 'Enabled',\n\}\);/,
  command:
    /^aws s3api put-object-lock-configuration --bucket recordings --object-lock-configuration ObjectLockEnabled=Enabled$/m,
};
const VERSIONING_ON = {
  hcl: /resource "aws_s3_bucket_versioning" "\w+" \{\n {2}bucket = aws_s3_bucket\.recordings\.bucket\n {2}versioning_configuration \{\n {4}status = "Enabled"/,
  cdktf:
    /new S3BucketVersioningA\(this, '[\w-]+', \{\n {2}bucket: '\$\{aws_s3_bucket\.recordings\.bucket\}',\n {2}versioningConfiguration: \{ status: 'Enabled' \},\n\}\);/,
  command: /^aws s3api put-bucket-versioning --bucket recordings --versioning-configuration Status=Enabled$/m,
};
const ABORTS = {
  hcl: /rule \{\n\s+id +=.*\n\s+status = "Enabled"\n\s+filter \{\}\n\s+abort_incomplete_multipart_upload \{\n\s+days_after_initiation = 7\n\s+\}\n\s*\}/,
  cdktf:
    /status: 'Enabled',\n\s+filter: \[\{ prefix: '' \}\],\n\s+abortIncompleteMultipartUpload: \[\{ daysAfterInitiation: 7 \}\],/,
  command: /"Filter": \{\},\n\s+"AbortIncompleteMultipartUpload": \{\n\s+"DaysAfterInitiation": 7\n/,
};
const EXPIRES_LOGS = {
  id: 'logs',
  prefix: 'logs/',
  isPartial: false,
  currentAfter: null,
  noncurrentAfter: 30,
  abortsUploads: false,
};

export const CONFIGURATION_CASES: readonly RemedyCase[] = [
  {
    rule: 'export/metadata-resolution',
    mistake: 'metadata is resolved for SMS',
    facts: withExport({ includeMetadata: seen(true) }),
    follow: (remedy, facts) =>
      exported(remedy, facts, /Set (?:include_metadata = |includeMetadata: )(false) on (\S+)/, () => ({
        includeMetadata: seen(false),
      })),
  },
  {
    rule: 'export/batch-size',
    mistake: 'a year in one batch',
    facts: withExport({ interval: seen<string | null>(LONG), batchInterval: seen<string | null>(null) }),
    follow: (remedy, facts) =>
      exported(remedy, facts, /Set (?:batch_interval = |batchInterval: )["']([^"']+)["'] on (\S+)\./, (value) => ({
        batchInterval: seen<string | null>(value),
      })),
  },
  {
    rule: 'export/no-legal-hold-parameter',
    mistake: 'a legal hold by override, and no other hold',
    facts: estate({ holds: [], exports: [exportJob({ given: [{ path: 'legal_hold', value: seen(true) }] })] }),
    follow: (remedy, facts) => {
      const [path = '', from = '', name = '', exportAddress = ''] = said(
        remedy,
        /^Remove (\S+) from (\S+) and hold .*\nnew GenesyscloudComplianceLegalhold\(this, '(\S+)', \{\n {2}name:.*\n {2}exportJobId: '\$\{(\S+)\.id\}',\n\}\);$/,
      );
      return {
        ...facts,
        exports: facts.exports.map((one) =>
          one.address === from ? { ...one, given: one.given.filter((attribute) => attribute.path !== path) } : one,
        ),
        holds: [
          hold({
            address: `genesyscloud_compliance_legalhold.${name}`,
            dependsOn: [{ export: exportAddress, via: 'reference', attribute: 'export_job_id' }],
          }),
        ],
      };
    },
  },
  {
    rule: 'export/no-legal-hold-parameter',
    mistake: 'a legal hold by override, beside one that waits',
    facts: withExport({ given: [{ path: 'legal_hold', value: seen(true) }] }),
    follow: (remedy, facts) => {
      const [path = '', from = ''] = said(remedy, /^Remove (\S+) from (\S+); \S+ holds once the export is complete\.$/);
      return {
        ...facts,
        exports: facts.exports.map((one) =>
          one.address === from ? { ...one, given: one.given.filter((attribute) => attribute.path !== path) } : one,
        ),
      };
    },
  },
  {
    rule: 'hold/after-export',
    mistake: 'a hold that belongs to an export and does not wait',
    facts: withHold({ dependsOn: [], exportJobId: seen<string | null>(null) }),
    follow: waits('export_job_id'),
  },
  {
    rule: 'hold/after-export',
    mistake: 'a hold on named conversations of an export',
    facts: estate({
      exports: [exportJob({ interval: seen<string | null>(null), conversationIds: IDS })],
      holds: [hold({ dependsOn: [], belongsTo: null, exportJobId: seen<string | null>(null), conversationIds: IDS })],
    }),
    follow: waits('depends_on'),
  },
  {
    rule: 'hold/after-export',
    mistake: 'an export named by its id',
    facts: withHold({ dependsOn: [], belongsTo: null, exportJobId: seen<string | null>('job-1') }),
    follow: waits('export_job_id'),
  },
  {
    rule: 'hold/after-export',
    mistake: 'an export of elsewhere, named by its id',
    facts: estate({
      exports: [],
      holds: [hold({ dependsOn: [], belongsTo: null, exportJobId: seen<string | null>('job-1') })],
    }),
    follow: (remedy, facts) => {
      const [name = '', id] = said(
        remedy,
        /^const (\w+) = new GenesyscloudRecordingExportJob\(this, '\w+', .*\n\w+\.importFrom\('(\S+)'\);$/m,
      );
      expect(id).toBe('job-1');
      return waits('export_job_id')(remedy, { ...facts, exports: [exportJob({ address: name })] });
    },
  },
  {
    rule: 'hold/external-reference-id',
    mistake: 'blanks and slashes',
    facts: withHold({ externalReferenceId: seen<string | null>('Matter 2026/17') }),
    follow: (remedy, facts) => {
      const [id = ''] = said(remedy, /^Write externalReferenceId: '([^']+)'\.$/);
      return { ...facts, holds: changed(facts.holds, { externalReferenceId: seen<string | null>(id) }) };
    },
  },
  {
    rule: 'hold/external-reference-id',
    mistake: 'a pattern that is none',
    facts: estate({ externalReferenceIdPattern: seen<string | null>('[A-') }),
    follow: (remedy, facts) => {
      const [pattern = ''] = said(remedy, /externalReferenceIdPattern: '(.+)'$/);
      return { ...facts, externalReferenceIdPattern: seen<string | null>(pattern) };
    },
  },
  {
    rule: 'hold/register',
    mistake: 'nobody named a place',
    facts: estate({ register: registerAt(null) }),
    follow: (remedy, facts) => {
      const [place = ''] = said(remedy, /^register: '(s3:.+)'$/m);
      return { ...facts, register: registerAt(place) };
    },
  },
  {
    rule: 's3/public',
    mistake: 'everybody may read',
    facts: estate({
      buckets: [
        bucket({
          policies: [
            policyFact(
              'aws_s3_bucket_policy.open',
              statements(allow('s3:GetObject', OBJECTS_ARN, { Sid: 'Open', Principal: '*' })),
            ),
          ],
        }),
      ],
    }),
    follow: (remedy, facts) => {
      said(remedy, /statement "Open" of the bucket policy aws_s3_bucket_policy\.open, or remove it/);
      return { ...facts, buckets: changed(facts.buckets, { policies: [] }) };
    },
  },
  {
    rule: 's3/retention-loss',
    mistake: 'recordings expire',
    facts: estate({
      buckets: [
        bucket({
          lifecycle: seen([
            { id: 'old', prefix: '', isPartial: false, currentAfter: 30, noncurrentAfter: null, abortsUploads: true },
          ]),
        }),
      ],
    }),
    follow: (remedy, facts) => {
      said(remedy, /Take the expiration out of the rules/);
      return {
        ...facts,
        buckets: changed(facts.buckets, {
          lifecycle: seen([
            { id: 'old', prefix: '', isPartial: false, currentAfter: null, noncurrentAfter: null, abortsUploads: true },
          ]),
        }),
      };
    },
  },
  ...(['hcl', 'cdktf', 'command'] as const).flatMap((language): readonly RemedyCase[] => [
    ...(['s3/object-lock', 's3/retention-loss'] as const).flatMap((rule): readonly RemedyCase[] => [
      {
        rule,
        mistake: `Object Lock and versioning are off, said in ${language}`,
        facts: writtenIn(language, {
          versioning: seen('disabled'),
          objectLock: seen({ enabled: false, defaultRetention: null }),
        }),
        follow: (remedy, facts) => {
          const isLocked = /object.?lock/i.test(remedy);
          if (isLocked) said(remedy, LOCK_ON[language]);
          said(remedy, VERSIONING_ON[language]);
          return {
            ...facts,
            buckets: changed(facts.buckets, {
              versioning: seen('enabled'),
              ...(isLocked ? { objectLock: seen({ enabled: true, defaultRetention: null }) } : {}),
            }),
          };
        },
      },
      {
        rule,
        mistake: `versioning is suspended, said in ${language}`,
        facts: writtenIn(language, { versioning: seen('suspended') }),
        follow: (remedy, facts) => {
          said(remedy, VERSIONING_ON[language]);
          return { ...facts, buckets: changed(facts.buckets, { versioning: seen('enabled') }) };
        },
      },
    ]),
    ...[seen([]), seen([EXPIRES_LOGS])].map((lifecycle): RemedyCase => ({
      rule: 's3/large-objects',
      mistake: `nothing cleans up incomplete uploads, with ${lifecycle.known ? lifecycle.value.length : 0} rules, said in ${language}`,
      facts: writtenIn(language, { abortsIncompleteUploads: seen(false), lifecycle }),
      follow: (remedy, facts) => {
        said(remedy, ABORTS[language]);
        // One more configuration beside the one that is there would take its rules away.
        if (language !== 'command') {
          const isOwn = /"aws_s3_bucket_lifecycle_configuration" "|new S3BucketLifecycleConfiguration\(/.test(remedy);
          expect(isOwn).toBe(lifecycle.known && lifecycle.value.length === 0);
        }
        return { ...facts, buckets: changed(facts.buckets, { abortsIncompleteUploads: seen(true) }) };
      },
    })),
  ]),
  {
    rule: 's3/object-lock',
    mistake: 'a default retention',
    facts: estate({
      duties: [duty('export')],
      buckets: [
        bucket({
          objectLock: seen({ enabled: true, defaultRetention: { mode: 'GOVERNANCE', days: 30, years: null } }),
        }),
      ],
    }),
    follow: (remedy, facts) => {
      said(
        remedy,
        /^Remove the rule with default_retention from the (aws_s3_bucket_object_lock_configuration) of aws_s3_bucket\.recordings;/,
      );
      return {
        ...facts,
        buckets: changed(facts.buckets, { objectLock: seen({ enabled: true, defaultRetention: null }) }),
      };
    },
  },
  {
    rule: 'hold/release-guard',
    mistake: 'a hold that was moved',
    facts: plan(released, { reappearsAt: 'module.matter.genesyscloud_compliance_legalhold.sms' }),
    follow: (remedy, facts) => {
      expect(said(remedy, /moved \{\n\s+from = (\S+)\n\s+to {3}= (\S+)\n\s+\}/)).toEqual([
        HOLD,
        `module.matter.${HOLD}`,
      ]);
      return nothingLost(facts);
    },
  },
  {
    rule: 'hold/release-guard',
    mistake: 'a hold that is gone from the configuration',
    facts: plan(released),
    follow: (remedy, facts) => {
      expect(said(remedy, /^Put (\S+) back into the configuration\./)).toEqual([HOLD]);
      return nothingLost(facts);
    },
  },
  {
    rule: 'hold/release-guard',
    mistake: 'consent to release',
    facts: plan({ kind: 'release-consented', of: 'hold', count: seen(3) }, { action: 'update' }),
    follow: (remedy, facts) => {
      expect(said(remedy, /^Set release_on_destroy = false on (\S+) again/)).toEqual([HOLD]);
      return nothingLost(facts);
    },
  },
  {
    rule: 'hold/release-guard',
    mistake: 'a shorter interval',
    facts: plan(
      {
        kind: 'export-shrunk',
        attribute: 'interval',
        before: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
        after: seen('2026-01-01T00:00:00Z/2026-01-15T00:00:00Z'),
        days: 17,
      },
      { address: EXPORT, type: 'genesyscloud_recording_export_job', action: 'replace' },
    ),
    follow: (remedy, facts) => {
      expect(said(remedy, /^Set interval of (\S+) back to (\S+),/)).toEqual([
        EXPORT,
        '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
      ]);
      return nothingLost(facts);
    },
  },
  {
    rule: 'hold/release-guard',
    mistake: 'objects that are unlocked',
    facts: plan(
      { kind: 'objects-released', by: 'unlock', versions: seen(9) },
      { address: FILES, type: 'genesyscloud_compliance_object_hold', action: 'update' },
    ),
    follow: (remedy, facts) => {
      expect(said(remedy, /^Set object_lock_legal_hold = true on (\S+) again\.$/)).toEqual([FILES]);
      return nothingLost(facts);
    },
  },
];
