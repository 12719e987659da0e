import {
  type PolicySource,
  type Question,
  SOME_OTHER_VALUE,
  actionsPerhapsAllowed,
  evaluateAnywhere,
  nameGrounds,
} from '../../iam';
import type { BucketFact, Facts } from '../../facts';
import { enumerated } from '../../words';
import { bucketArn } from '../assignments';
import { knownExpressions, policySource } from '../policy-sources';
import type { Answered, Rule } from '../rule';
import { undecided } from '../undecided';
import { originText, placeOf } from '../wording';

/** What a stranger must not be able to do, on what, and what it would mean. */
const ASKED = [
  ['s3:GetObject', 'objects', 'read recordings'],
  ['s3:GetObjectVersion', 'objects', 'read versions of recordings'],
  ['s3:ListBucket', 'bucket', 'list recordings'],
  ['s3:ListBucketVersions', 'bucket', 'list versions of recordings'],
  ['s3:PutObject', 'objects', 'overwrite recordings'],
  ['s3:DeleteObject', 'objects', 'hide recordings'],
  ['s3:DeleteObjectVersion', 'objects', 'delete recordings for good'],
  ['s3:PutObjectLegalHold', 'objects', 'release holds'],
  ['s3:PutObjectRetention', 'objects', 'change retention'],
  ['s3:BypassGovernanceRetention', 'objects', 'bypass retention'],
  ['s3:PutObjectAcl', 'objects', 'decide who may read recordings'],
  ['s3:PutObjectTagging', 'objects', 'change tags of recordings'],
  ['s3:PutObjectVersionTagging', 'objects', 'change tags of versions'],
  ['s3:DeleteObjectTagging', 'objects', 'remove tags of recordings'],
  ['s3:PutBucketPolicy', 'bucket', 'rewrite the bucket policy'],
  ['s3:DeleteBucketPolicy', 'bucket', 'remove the bucket policy'],
  ['s3:PutBucketAcl', 'bucket', 'decide who is let in'],
  ['s3:PutBucketVersioning', 'bucket', 'suspend versioning'],
  ['s3:PutBucketObjectLockConfiguration', 'bucket', 'change Object Lock'],
  ['s3:PutLifecycleConfiguration', 'bucket', 'have recordings expire'],
  ['s3:PutReplicationConfiguration', 'bucket', 'copy recordings elsewhere'],
  ['s3:PutBucketPublicAccessBlock', 'bucket', 'let the public in'],
  ['s3:DeleteBucket', 'bucket', 'delete the bucket'],
] as const;
const ASKED_ACTIONS = ASKED.map(([action]) => action);

/** An account that nobody has; no policy means it in particular. */
const STRANGER = '000000000000';

/** Of a block that is reserved, so that no network has it (RFC 7526): what lets it in lets in the whole Internet. */
const NO_NETWORK = '192.88.99.7';

/** Where a stranger comes from: his own endpoint, access point and source, none of which a policy names. */
const FROM_ELSEWHERE: Readonly<Record<string, string>> = {
  'aws:SecureTransport': 'true',
  ...Object.fromEntries(
    [
      ...['aws:SourceVpc', 'aws:SourceVpce', 'aws:VpceAccount', 'aws:VpceOrgID', 'aws:VpcSourceIp'],
      ...['aws:SourceArn', 'aws:SourceAccount', 'aws:SourceOwner', 'aws:SourceOrgID'],
      ...['s3:DataAccessPointAccount', 's3:DataAccessPointArn'],
    ].map((key) => [key, SOME_OTHER_VALUE]),
  ),
};

const NO_PRINCIPAL = ['Account', 'Arn', 'OrgID', 'OrgPaths'].map((name) => `aws:Principal${name}`);

/** Somebody from another account, and somebody who does not even sign in; each from nowhere in particular, and from an address that may be named. */
const NETWORKS: readonly Readonly<Record<string, string>>[] = [{ 'aws:SourceIp': NO_NETWORK }, {}];
const STRANGERS = NETWORKS.flatMap((network): readonly Pick<Question, 'caller' | 'context'>[] => [
  {
    caller: { kind: 'account', account: STRANGER, isStranger: true },
    context: {
      values: {
        ...FROM_ELSEWHERE,
        ...network,
        'aws:PrincipalAccount': STRANGER,
        'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:user/stranger`,
        'aws:PrincipalOrgID': 'o-0000000000',
        'aws:PrincipalOrgPaths': ['o-0000000000/r-0000/ou-0000-00000000/'],
        'aws:userid': 'AIDA00000000000000000',
      },
      others: 'unknown',
    },
  },
  {
    caller: { kind: 'anonymous' },
    context: {
      values: { ...FROM_ELSEWHERE, ...network, 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous' },
      absent: NO_PRINCIPAL,
      others: 'unknown',
    },
  },
]);

/** Recordings are open to nobody else. */
export const publicAccess: Rule<'s3/public'> = {
  id: 's3/public',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  title: 'recordings are readable and deletable by nobody else',
  looksAt: [
    'The Allow statements of the policy of each bucket with recordings, as they meet somebody from an account that no policy names, and somebody who does not sign in; and the public access block. Reading, listing, writing and deleting are asked, and what rewrites the protection of the bucket. Policies that a refresh found on the bucket count like those that a resource sets.',
    'The access control list of the bucket, unless object ownership switches lists off: what it gives to everybody or to every AWS account. Lists of single objects are not looked at.',
  ],
  why: [
    'A bucket policy that allows everybody opens the recordings to the Internet. What was read there cannot be taken back, and what anybody can delete or overwrite is not evidence.',
    'With `restrict_public_buckets` such a policy reaches nobody outside the account, and the answer is a warning: one setting is then all that stands in the way.',
  ],
  remedy: [
    'Name principals in the Allow statements of the bucket policy, and switch all four settings of the public access block on.',
  ],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_s3_bucket_public_access_block" "recordings" {
          bucket                  = aws_s3_bucket.recordings.bucket
          block_public_acls       = true
          block_public_policy     = true
          ignore_public_acls      = true
          restrict_public_buckets = true
        }`,
    },
    {
      language: 'cdktf',
      text: `const bucket = new ExportBucket(this, 'recordings', { bucketName: 'acme-recordings' });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_s3_bucket_policy" "recordings" {
          bucket = aws_s3_bucket.recordings.bucket
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect    = "Allow"
              Principal = "*"
              Action    = "s3:GetObject"
              Resource  = "arn:aws:s3:::acme-recordings/*"
            }]
          })
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new S3BucketPolicy(this, 'open', {
          bucket: bucket.bucketName,
          policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: bucket.objectsArn },
          }),
        });`,
    },
  ],
  sources: [
    {
      title: 'Blocking public access to Amazon S3 storage',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    },
  ],
  check: (facts) => {
    const concerned = new Set(facts.duties.flatMap(({ bucket }) => (bucket.known ? [bucket.value] : [])));
    for (const { bucket } of [...facts.exports, ...facts.objectHolds])
      if (bucket.known) concerned.add(bucket.value ?? '');
    return facts.buckets
      .filter(({ address }) => concerned.has(address))
      .flatMap((bucket) => {
        const byPolicy = check(facts, bucket);
        return [byPolicy, ...byList(bucket, byPolicy.status)];
      });
  },
};

function check(facts: Facts, bucket: BucketFact): Answered {
  const { address } = bucket;
  const subject = placeOf(bucket);
  const arn = bucketArn(bucket);
  if (arn === null) {
    return {
      status: 'unknown',
      subject,
      message: `Unknown whether the policy of ${address} opens recordings to everybody: name and ARN of ${address} are not known.`,
      evidence: [],
      remedy: `Give ${address} a literal name.`,
    };
  }
  const valueOf = knownExpressions(facts);
  const sources = bucket.policies.map((fact) => ({ fact, source: policySource(fact, 'bucket', valueOf) }));
  // A stranger comes in by the bucket policy or not at all.
  const perhaps = actionsPerhapsAllowed(
    sources.map(({ source }) => source),
    ASKED_ACTIONS,
  );
  const results = ASKED.filter(([action]) => perhaps.has(action)).map(([action, on, means]) => {
    const answers = STRANGERS.map((stranger) =>
      evaluateAnywhere([EVERYTHING, ...sources.map(({ source }) => source)], {
        ...{ action, ...stranger },
        resource: { every: on === 'objects' ? `${arn}/*` : arn },
        accounts: 'cross',
        ignorePartition: true,
      }),
    );
    const worst = ['Allowed', 'Unknown'].flatMap((one) => answers.filter(({ decision }) => decision === one))[0];
    return { means, answer: worst ?? answers[0]! };
  });
  const open = results.filter(({ answer }) => answer.decision === 'Allowed');
  const unclear = results.filter(({ answer }) => answer.decision === 'Unknown');
  const evidenceOf = (some: typeof results): Answered['evidence'] => {
    const grounds = some
      .flatMap(({ answer }) => answer.grounds)
      .flatMap((one) => {
        const fact = sources.find(({ source }) => source === one.policy)?.fact;
        if (fact === undefined || one.statement === null) return [];
        return [{ origin: fact.origin, what: nameGrounds(one), text: JSON.stringify(one.statement.raw) }];
      });
    return [...new Map(grounds.map((one) => [JSON.stringify(one), one])).values()];
  };
  if (open.length > 0) {
    const can = enumerated(
      open.map(({ means }) => means),
      6,
    );
    const isClosed = bucket.publicAccessBlock?.known === true && bucket.publicAccessBlock.value.restrictPublicBuckets;
    const evidence = evidenceOf(open);
    return {
      // Restricted, such a policy reaches nobody outside of the account and of AWS itself.
      status: isClosed ? 'warn' : 'fail',
      subject,
      message: isClosed
        ? `The bucket policy of ${address} lets everybody ${can}. Only restrict_public_buckets of its public access block stands in the way.`
        : `The bucket policy of ${address} lets everybody ${can}.`,
      evidence,
      remedy: `Name the principals that need it in ${evidence.map(({ what }) => what).join(' and ')}, or remove it.`,
    };
  }
  if (unclear.length > 0) {
    const evidence = evidenceOf(unclear);
    return {
      subject,
      ...undecided(facts.moment, {
        whether: `the policy of ${address} opens recordings to everybody`,
        blockers: unclear.flatMap(({ answer }) => answer.blockers),
        evidence,
        remedy:
          evidence.length > 0
            ? `Name the principals that need it in ${evidence.map(({ what }) => what).join(' and ')}.`
            : 'Make the bucket policy visible, or check the accounts themselves with genesyscloud-compliance preflight.',
      }),
    };
  }
  return {
    status: 'pass',
    subject,
    message: `The bucket policy of ${address} opens recordings to nobody whom it does not name.`,
    evidence: [],
    remedy: '',
  };
}

const MEANS = {
  READ: 'list what is in it',
  WRITE: 'write and delete files',
  READ_ACP: 'read who is let in',
  WRITE_ACP: 'decide who is let in',
  FULL_CONTROL: 'do everything with it',
} as const;

/** What the access control list of the bucket gives to the public. Nothing to say where lists are off, or give nothing. */
function byList(
  { address, constructPath, publicAcl, publicAccessBlock }: BucketFact,
  byPolicy: string,
): readonly Answered[] {
  const about = {
    subject: placeOf({ address, ...(constructPath === undefined ? {} : { constructPath }) }),
    detail: 'acl',
  };
  if (publicAcl === undefined) return [];
  if (!publicAcl.known) {
    // Of a bucket that nobody can look into, once is enough.
    if (byPolicy === 'unknown') return [];
    return [
      {
        ...about,
        status: 'unknown',
        message: `Unknown whether the access control list of ${address} lets the public in: it ${publicAcl.why}.`,
        evidence: [],
        remedy: 'Switch access control lists off with object_ownership = "BucketOwnerEnforced".',
      },
    ];
  }
  if (publicAcl.value.length === 0) return [];
  const isIgnored = publicAccessBlock?.known === true && publicAccessBlock.value.ignorePublicAcls;
  const can = enumerated(
    publicAcl.value.map(({ to, permission }) => `${to} ${MEANS[permission]} (${permission})`),
    6,
  );
  const beside = isIgnored ? ' Only ignore_public_acls of its public access block stands in the way.' : '';
  return [
    {
      ...about,
      status: isIgnored ? 'warn' : 'fail',
      message: `The access control list of ${address} lets ${can}.${beside}`,
      evidence: [{ origin: publicAcl.origin, what: 'access control list', text: JSON.stringify(publicAcl.value) }],
      remedy: `Make the list private at ${originText(publicAcl.origin)}, or switch lists off with object_ownership = "BucketOwnerEnforced".`,
    },
  ];
}

/** What a stranger's own account allows him is taken for everything. */
const EVERYTHING: PolicySource = {
  name: 'everything',
  kind: 'identity',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};
