/**
 * The policies of AWS that the page about least privilege shows: what the constructs grant, as they synthesise it, and what
 * identities that only look ask for. A test holds the latter against the rights that the requests of src/aws name.
 */
import { rmSync } from 'node:fs';
import { TerraformStack, Testing } from 'cdktf';
import {
  BatchOperationsRole,
  ExportBucket,
  ExportRole,
  HoldRegister,
  HoldRole,
  ReleaseRole,
  type IGrantee,
  type Statement,
} from '../../src/constructs';

/** What one identity of AWS needs. */
export interface AwsPolicy {
  readonly title: string;
  /** Which commands and resources take it. */
  readonly purpose: string;
  readonly statements: readonly Statement[];
}

const ACCOUNT = '111122223333';
const BUCKET = 'your-recordings';
const REGISTER = 'your-register';
const WORKSPACE = 'your-jobs';
const TRAIL = 'your-trail';
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/your-key-id`;
const ROLES = `arn:aws:iam::${ACCOUNT}:role/your-recordings-*`;

/** All of them, from writing to releasing. */
export function awsPolicies(): readonly AwsPolicy[] {
  const { exporter, holder, releaser, batch, jobs, register, registerReading } = granted();
  return [
    {
      title: 'The role that Genesys Cloud writes exports with',
      purpose:
        'For the integration that `genesyscloud_recording_export_job` names; `ExportRole` of the constructs, with `tagging: false`. Genesys Cloud takes it on, and nothing else does. Leave `EncryptExportedFiles` out for a bucket without a KMS key of yours.',
      statements: exporter,
    },
    {
      title: 'Tagging and holding exported files',
      purpose:
        'For whoever applies `genesyscloud_compliance_object_hold`, and `genesyscloud_recording_export_job` with a `destination`; `HoldRole` of the constructs. It puts legal holds on and can never take one off. It can read no recording.',
      statements: holder,
    },
    {
      title: 'Releasing exported files',
      purpose:
        'For the apply that destroys `genesyscloud_compliance_object_hold`, and for nothing else; `ReleaseRole` of the constructs. Make it when a matter is over.',
      statements: releaser,
    },
    {
      title: 'Looking only',
      purpose:
        'For the job that plans (`terraform plan` of all resources and of the data sources, and `review` of that plan), for `drift`, and for `preflight` with what it asks of AWS. `review` and `status` themselves read files and ask nobody. Leave `LookAtKey` out where there is no KMS key of yours. Reading the state and refreshing resources of other providers takes rights of their own.',
      statements: looking(),
    },
    {
      title: 'Naming who did it',
      purpose:
        'In addition to looking only, and optional: for `drift --who` and `evidence --who`, and with a trail that records data events for `--trail`. Without it findings say that it is unknown who did it, and which right was missing. Put the bucket of your trail in the place of `your-trail`; where its log files are encrypted with a KMS key of yours, `kms:Decrypt` on that key is needed, too.',
      statements: naming(),
    },
    {
      title: 'Using the register of claims',
      purpose:
        'In addition, for whoever applies a hold of either kind or releases one, where `register` of the provider is a place in S3: `HoldRole` and `ReleaseRole` with a `register`, `grantUse` of a `HoldRegister`. It lists, reads and creates, and can neither replace nor delete an entry. Do not narrow `ListRegister` to a prefix: S3 would answer with a refusal for each entry that is not there yet. Leave `EncryptRegister` out for a bucket without a KMS key of yours.',
      statements: register,
    },
    {
      title: 'Reading the register of claims',
      purpose:
        'In addition to looking only: plans, `drift`, `holds`, and the data source. `grantRead` of a `HoldRegister`.',
      statements: registerReading,
    },
    {
      title: 'Starting jobs of S3 Batch Operations',
      purpose:
        'In addition to that of tagging and holding, for an object hold with `batch_operations`: `grantJobs` of a `BatchOperationsRole`.',
      statements: jobs,
    },
    {
      title: 'The role of jobs of S3 Batch Operations',
      purpose:
        'For S3, which takes it on to tag and hold very many files; `BatchOperationsRole` of the constructs. It cannot release.',
      statements: batch,
    },
  ];
}

/** What people and jobs need that place, release and change nothing. */
function looking(): readonly Statement[] {
  const allow = (Sid: string, Action: readonly string[], Resource: string): Statement => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
  });
  return [
    allow(
      'LookAtBucket',
      [
        's3:GetBucketAcl',
        's3:GetBucketObjectLockConfiguration',
        's3:GetBucketOwnershipControls',
        's3:GetBucketPolicy',
        's3:GetBucketPublicAccessBlock',
        's3:GetBucketVersioning',
        's3:GetEncryptionConfiguration',
        's3:GetLifecycleConfiguration',
        's3:ListBucket',
        's3:ListBucketVersions',
      ],
      `arn:aws:s3:::${BUCKET}`,
    ),
    allow(
      'LookAtTagsAndHolds',
      ['s3:GetObjectLegalHold', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
      `arn:aws:s3:::${BUCKET}/*`,
    ),
    allow(
      'LookAtRoles',
      [
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'iam:SimulatePrincipalPolicy',
      ],
      ROLES,
    ),
    allow('LookAtManagedPolicies', ['iam:GetPolicy', 'iam:GetPolicyVersion'], `arn:aws:iam::${ACCOUNT}:policy/*`),
    allow('LookAtKey', ['kms:DescribeKey', 'kms:GetKeyPolicy'], KEY),
  ];
}

/** Reading the records of who did what. */
function naming(): readonly Statement[] {
  return [
    { Sid: 'LookUpEvents', Effect: 'Allow', Action: ['cloudtrail:LookupEvents'], Resource: '*' },
    { Sid: 'ListLogFiles', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: `arn:aws:s3:::${TRAIL}` },
    { Sid: 'ReadLogFiles', Effect: 'Allow', Action: ['s3:GetObject'], Resource: `arn:aws:s3:::${TRAIL}/*` },
  ];
}

type Granted = Readonly<
  Record<'exporter' | 'holder' | 'releaser' | 'batch' | 'jobs' | 'register' | 'registerReading', readonly Statement[]>
>;

/** The statements that roles of the constructs are given. */
function granted(): Granted {
  const app = Testing.app();
  const stack = new TerraformStack(app, 'page');
  const bucket = ExportBucket.fromBucketName(stack, 'bucket', BUCKET, { kmsKeyArn: KEY, partition: 'aws' });
  const assumedBy = [ACCOUNT];
  const organizationId = '00000000-0000-4000-8000-000000000000';
  new ExportRole(stack, 'exporter', { bucket, organizationId, tagging: false });
  new HoldRole(stack, 'holder', { bucket, assumedBy });
  new ReleaseRole(stack, 'releaser', { bucket, assumedBy });
  const batch = new BatchOperationsRole(stack, 'batch', { bucket, workspace: { bucketName: WORKSPACE } });
  const register = HoldRegister.fromPlace(`s3://${REGISTER}/register`, { kmsKeyArn: KEY, partition: 'aws' });
  const { resource } = JSON.parse(Testing.synth(stack)) as {
    readonly resource: { readonly aws_iam_role_policy: Readonly<Record<string, { role: string; policy: string }>> };
  };
  rmSync(app.outdir, { recursive: true, force: true });
  const policies = Object.values(resource.aws_iam_role_policy);
  const of = (name: string): readonly Statement[] =>
    policies
      .filter(({ role }) => role.startsWith(`\${aws_iam_role.${name}_`))
      .flatMap(({ policy }) => (JSON.parse(policy) as { readonly Statement: readonly Statement[] }).Statement);
  return {
    exporter: of('exporter'),
    holder: of('holder'),
    releaser: of('releaser'),
    batch: of('batch'),
    jobs: grantedBy((applying) => batch.grantJobs(applying)),
    register: grantedBy((applying) => register.grantUse(applying)),
    registerReading: grantedBy((applying) => register.grantRead(applying)),
  };
}

/** What a grantee that keeps what it is given was given. */
function grantedBy(give: (grantee: IGrantee) => void): readonly Statement[] {
  const statements: Statement[] = [];
  // Of a grantee only these two are asked for.
  const applying: Pick<IGrantee, 'grant' | 'principalPattern'> = {
    principalPattern: '',
    grant: (_, more) => void statements.push(...more),
  };
  give(applying as IGrantee);
  return statements;
}
