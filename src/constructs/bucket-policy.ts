import { LEGAL_HOLD_KEY, type BucketArns } from './grants';
import { policyDocument, type Statement } from './policy';

/** What destroys evidence or the rules that protect it. Writing files takes none of it. */
const NOT_FOR_WRITERS = {
  objects: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectRetention'],
  bucket: [
    's3:PutBucketPolicy',
    's3:DeleteBucketPolicy',
    's3:PutBucketVersioning',
    's3:PutBucketObjectLockConfiguration',
    's3:PutLifecycleConfiguration',
  ],
} as const;

/**
 * The bucket policy of an export bucket. It only denies: roles are allowed by their own policies, and what is denied here
 * stays denied whatever somebody attaches to a role later.
 *
 * No statement asks where a request comes from: Genesys Cloud writes from its own network and its own organization, and would
 * be locked out.
 */
export class ExportBucketPolicy {
  private readonly writers = new Set<string>();
  private readonly releasers = new Set<string>();

  constructor(
    private readonly arns: BucketArns,
    private readonly objectLock: boolean,
  ) {}

  /** @param principal ARN of a role, or a pattern that fits it alone. */
  addWriter(principal: string): void {
    this.writers.add(principal);
  }

  /** @param principal ARN of a role, or a pattern that fits it alone. */
  addReleaser(principal: string): void {
    this.releasers.add(principal);
  }

  document(): string {
    return policyDocument([tlsOnly(this.arns), ...(this.objectLock ? this.locks() : []), ...this.writersOnlyWrite()]);
  }

  private locks(): readonly Statement[] {
    return [
      {
        Sid: this.releasers.size === 0 ? 'NobodyReleasesHolds' : 'OnlyReleaseRolesReleaseHolds',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObjectLegalHold',
        Resource: this.arns.objectsArn,
        Condition: {
          // "Not ON" rather than "OFF": a request that does not say what it wants is refused too.
          StringNotEquals: { [LEGAL_HOLD_KEY]: 'ON' },
          ...(this.releasers.size === 0 ? {} : { ArnNotLike: principals(this.releasers) }),
        },
      },
      {
        Sid: 'NobodyBypassesRetention',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:BypassGovernanceRetention',
        Resource: this.arns.objectsArn,
      },
    ];
  }

  private writersOnlyWrite(): readonly Statement[] {
    if (this.writers.size === 0) return [];
    const deny = (Sid: string, Action: readonly string[], Resource: string): Statement => ({
      Sid,
      Effect: 'Deny',
      Principal: '*',
      Action,
      Resource,
      // A condition, not the Principal: S3 refuses policies that name a role which is not there yet.
      Condition: { ArnLike: principals(this.writers) },
    });
    return [
      deny('WritersDeleteNothing', NOT_FOR_WRITERS.objects, this.arns.objectsArn),
      deny('WritersChangeNoRules', NOT_FOR_WRITERS.bucket, this.arns.bucketArn),
    ];
  }
}

/** Refuses what does not come over TLS. */
export const tlsOnly = ({ bucketArn, objectsArn }: BucketArns): Statement => ({
  Sid: 'DenyUnencryptedTransport',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [bucketArn, objectsArn],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** One as a text, several as a list in a stable order, so that a plan does not depend on who was granted first. */
function principals(set: ReadonlySet<string>): Readonly<Record<string, string | readonly string[]>> {
  const [first = '', ...others] = [...set].sort();
  return { 'aws:PrincipalArn': others.length === 0 ? first : [first, ...others] };
}
