/** Amazon Resource Names, as far as looking things up needs them. */

/** The parts of an ARN. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  /** Empty where the service has none, as S3. */
  readonly accountId: string;
  /** `role/path/name` */
  readonly resource: string;
}

/** Reads an ARN; null for anything else. */
export function parseArn(text: string): Arn | null {
  const match = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text);
  if (match === null) return null;
  const [, partition = '', service = '', region = '', accountId = '', resource = ''] = match;
  return { partition, service, region, accountId, resource };
}

/** The role's name in a role ARN or in the ARN of a session of it (`assumed-role/name/session`); null for anything else. */
export function roleNameOf(arn: string): string | null {
  const resource = parseArn(arn)?.resource ?? '';
  const session = /^assumed-role\/([^/]+)\//.exec(resource);
  if (session !== null) return session[1] ?? null;
  return resource.startsWith('role/') ? (resource.split('/').at(-1) ?? null) : null;
}
