/** What is wrong in the accounts. Their remedies are done in Genesys Cloud, with a carrier, or by changing a number. */

import type { Facts, PrincipalFact } from '../../../src/facts';
import {
  allow,
  budget,
  capacityOf,
  deletion,
  exportJob,
  hold,
  integration,
  latency,
  liveEstate,
  permission,
  policyFact,
  role,
  seen,
  smsNumber,
  statements,
  tlsPeer,
  trunk,
} from '../estate';
import { changed, said, type RemedyCase } from './remedy-case';

const answering = (answered: boolean) =>
  seen([
    {
      proxy: 'sip.example.net:5061',
      method: 'REGISTER' as const,
      answered,
      error: answered ? '' : '401 Unauthorized.',
    },
  ]);

const sized = (conversations: number): Facts =>
  liveEstate({
    exports: [exportJob({ conversationCount: seen(conversations) })],
    holds: [hold({ conversationCount: seen(conversations), alreadyHeld: seen(0) })],
    capacity: capacityOf({ api: seen('compliance'), limit: seen<number | null>(null) }),
  });

/** A role that deploys, and may do this to the bucket besides. */
const deploying = (...actions: readonly string[]): PrincipalFact => ({
  ...role({
    address: 'aws_iam_role.deploy',
    arn: seen('arn:aws:iam::111122223333:role/deploy'),
    identityPolicies: actions.map((action) => policyFact(`policy-${action}`, statements(allow(action, '*')))),
  }),
  kind: 'role',
});

export const ACCOUNT_CASES: readonly RemedyCase[] = [
  {
    rule: 'iam/who-can-release',
    mistake: 'a role that deploys may rewrite the bucket policy',
    facts: liveEstate({ principals: { seen: [deploying('s3:PutBucketPolicy', 's3:ListBucket')], others: null } }),
    follow: (remedy, facts) => {
      const [action] = said(remedy, /^Take (\S+) from aws_iam_role\.deploy, /);
      const kept = ['s3:PutBucketPolicy', 's3:ListBucket'].filter((one) => one !== action);
      return { ...facts, principals: { seen: [deploying(...kept)], others: null } };
    },
  },
  {
    rule: 'api/permissions',
    mistake: 'a permission is missing',
    facts: liveEstate({ permissions: [permission({ granted: seen(false) })] }),
    follow: (remedy, facts) => {
      const [names = ''] = said(remedy, /^Grant (.+) to a role of the OAuth client client-1 /);
      const given = new Set(names.split(', '));
      return {
        ...facts,
        permissions: (facts.permissions ?? []).map((one) => ({
          ...one,
          granted: seen(one.permissions.every((name) => given.has(name))),
        })),
      };
    },
  },
  {
    rule: 'api/rate-limit',
    mistake: 'more requests than are allowed',
    facts: liveEstate({ requestBudget: budget({ perMinute: seen(600) }) }),
    follow: (remedy, facts) => {
      const [most = ''] = said(remedy, /^Set requests_per_minute = (\d+),/);
      return { ...facts, requestBudget: budget({ perMinute: seen(Number(most)) }) };
    },
  },
  {
    rule: 'api/rate-limit',
    mistake: 'work for days: split',
    facts: sized(2_000_000),
    follow: (remedy, facts) => {
      const [parts = ''] = said(remedy, /^Split \S+ into (\d+) parts over intervals of equal length/);
      const count = Math.ceil(2_000_000 / Number(parts));
      return { ...sized(count), requestBudget: facts.requestBudget! };
    },
  },
  {
    rule: 'api/rate-limit',
    mistake: 'work for days: a higher limit',
    facts: sized(2_000_000),
    follow: (remedy, facts) => {
      const [most = ''] = said(remedy, /have Genesys Cloud raise the limit and set requests_per_minute = (\d+)\.$/);
      return { ...facts, requestBudget: budget({ perMinute: seen(Number(most)), allowed: seen(Number(most)) }) };
    },
  },
  {
    rule: 'api/hold-latency',
    mistake: 'the endpoint is slow',
    facts: liveEstate({ holdLatency: latency({ measured: seen({ samples: 10, medianMs: 900, p95Ms: 4_000 }) }) }),
    follow: (remedy, facts) => {
      said(remedy, /^Run the check again later\./);
      return { ...facts, holdLatency: latency() };
    },
  },
  {
    rule: 'hold/capacity',
    mistake: 'one conversation too many',
    facts: liveEstate({ holds: [hold({ conversationCount: seen(901), alreadyHeld: seen(0) })] }),
    follow: (remedy, facts) => {
      const [room = ''] = said(remedy, /^Narrow the scope of \S+ to (\d+) conversations/);
      return { ...facts, holds: changed(facts.holds, { conversationCount: seen(Number(room)) }) };
    },
  },
  {
    rule: 'hold/deletion-window',
    mistake: 'a policy deletes a recording while the export runs',
    facts: liveEstate({
      deletions: [
        deletion({
          next: seen([
            { conversationId: 'c-1', recordingId: 'r-1', at: '2026-02-02T00:00:00.000Z', by: 'policy' as const },
          ]),
          count: seen(1),
        }),
      ],
    }),
    follow: (remedy, facts) => {
      const [interval = '', mediaTypes = '', messageTypes = ''] = said(
        remedy,
        /In HCL write instead of export_job_id, .*:\n {2}scope = \{\n {4}interval = "(.*)"\n {4}media_types = (.*)\n {4}message_types = (.*)\n {2}\}$/,
      );
      const scope = {
        ...{ interval, batchInterval: null, addressFrom: null, addressTo: null, externalTag: null },
        mediaTypes: JSON.parse(mediaTypes) as string[],
        messageTypes: JSON.parse(messageTypes) as string[],
      };
      const none = seen<string | null>(null);
      return {
        ...facts,
        holds: changed(facts.holds, { exportJobId: none, scope: seen(scope), dependsOn: [], belongsTo: null }),
      };
    },
  },
  {
    rule: 'export/integration',
    mistake: 'the integration is off',
    facts: liveEstate({ integrations: [integration({ state: seen<string | null>('INACTIVE') })] }),
    follow: (remedy, facts) => {
      const [id = ''] = said(remedy, /^Set the integration (\S+) to Active /);
      return { ...facts, integrations: [integration({ address: id, state: seen<string | null>('ACTIVE') })] };
    },
  },
  {
    rule: 'byoc/sip-registration',
    mistake: 'a trunk that is switched off',
    facts: liveEstate({ trunks: [trunk({ enabled: seen(false) })] }),
    follow: (remedy, facts) => {
      expect(said(remedy, /^Enable the trunk (\S+) /)).toEqual(['trunk-1']);
      return { ...facts, trunks: [trunk()] };
    },
  },
  {
    rule: 'byoc/sip-registration',
    mistake: 'a trunk that is not registered',
    facts: liveEstate({ trunks: [trunk({ contacts: answering(false) })] }),
    follow: (remedy, facts) => {
      expect(said(remedy, /^Correct realm, user name and password of .+ with the carrier of (\S+),/)).toEqual([
        'sip.example.net:5061',
      ]);
      return { ...facts, trunks: [trunk({ contacts: answering(true) })] };
    },
  },
  {
    rule: 'byoc/certificate-verification',
    mistake: 'an intermediate certificate is missing',
    facts: liveEstate({
      tlsPeers: [tlsPeer({ chain: seen({ state: 'incomplete', evidence: 'unable to verify the first certificate' }) })],
    }),
    follow: (remedy, facts) => {
      said(remedy, /^Let (\S+) send its own certificate followed by the intermediate ones/);
      return { ...facts, tlsPeers: [tlsPeer()] };
    },
  },
  {
    rule: 'byoc/certificate-verification',
    mistake: 'verification is switched off',
    facts: liveEstate({
      tlsPeers: [
        tlsPeer({ carries: 'requests', verificationOff: seen<string | null>('NODE_TLS_REJECT_UNAUTHORIZED=0') }),
      ],
    }),
    follow: (remedy, facts) => {
      expect(said(remedy, /^Remove (\S+), and let/)).toEqual(['NODE_TLS_REJECT_UNAUTHORIZED=0']);
      return { ...facts, tlsPeers: changed(facts.tlsPeers ?? [], { verificationOff: seen<string | null>(null) }) };
    },
  },
  {
    rule: 'byoc/certificate-verification',
    mistake: 'requests go without TLS',
    facts: liveEstate({
      tlsPeers: [tlsPeer({ carries: 'requests', host: seen('gateway.example.net:8080'), protocol: seen('plain') })],
    }),
    follow: (remedy, facts) => {
      expect(said(remedy, /^Set gateway\.protocol = "(\w+)"/)).toEqual(['https']);
      return { ...facts, tlsPeers: changed(facts.tlsPeers ?? [], { protocol: seen('tls') }) };
    },
  },
  {
    rule: 'byoc/sms-number',
    mistake: 'a number that is bound to nothing',
    facts: liveEstate({
      smsNumbers: [smsNumber({ status: seen('PENDING'), integrationId: seen<string | null>(null) })],
    }),
    follow: (remedy, facts) => {
      expect(said(remedy, /^Import (\S+) with the integration of its carrier .+ until it is ACTIVE\.$/)).toEqual([
        '+13175550100',
      ]);
      return { ...facts, smsNumbers: [smsNumber()] };
    },
  },
];
