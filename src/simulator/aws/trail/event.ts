/** One event as CloudTrail records it. */
import { ACCOUNT_ID, REGION } from '../identity/account';
import type { Principal } from '../identity/identity-store';

export interface TrailResource {
  /** `AWS::S3::Bucket` */
  readonly type: string;
  readonly name: string;
}

/** What a request did, as far as CloudTrail tells. */
export interface TrailAct {
  /** `s3.amazonaws.com` */
  readonly eventSource: string;
  readonly eventName: string;
  /** Data events are about objects; the history that can be looked up has none of them. */
  readonly category: 'Management' | 'Data';
  readonly readOnly: boolean;
  readonly requestParameters: Readonly<Record<string, unknown>>;
  readonly resources: readonly TrailResource[];
}

export interface TrailEvent extends TrailAct {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly userName: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly accessKeyId: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly requestId: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** Who it was, as a record says it: a user by name, a role by its session. */
export function identityOf(principal: Principal, accessKeyId: string): Pick<TrailEvent, 'userName' | 'userIdentity'> {
  const common = { principalId: principal.userId, arn: principal.arn, accountId: ACCOUNT_ID, accessKeyId };
  const name = principal.arn.split('/').at(-1) ?? '';
  if (principal.kind === 'admin') {
    return { userName: name, userIdentity: { type: 'IAMUser', ...common, userName: name } };
  }
  const { role } = principal;
  return {
    userName: name,
    userIdentity: {
      type: 'AssumedRole',
      ...common,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: role.id,
          arn: role.arn,
          accountId: ACCOUNT_ID,
          userName: role.name,
        },
        attributes: { mfaAuthenticated: 'false' },
      },
    },
  };
}

/** The record, as it stands in log files and in `CloudTrailEvent`. */
export function recordOf(event: TrailEvent): Readonly<Record<string, unknown>> {
  return {
    eventVersion: '1.11',
    userIdentity: event.userIdentity,
    eventTime: new Date(event.at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    eventSource: event.eventSource,
    eventName: event.eventName,
    awsRegion: REGION,
    sourceIPAddress: event.sourceIPAddress,
    userAgent: `[${event.userAgent}]`,
    ...(event.errorCode === undefined ? {} : { errorCode: event.errorCode, errorMessage: event.errorMessage }),
    requestParameters: event.requestParameters,
    responseElements: null,
    requestID: event.requestId,
    eventID: event.id,
    readOnly: event.readOnly,
    resources: event.resources.map(({ type, name }) => ({ accountId: ACCOUNT_ID, type, ARN: arnOf(type, name) })),
    eventType: 'AwsApiCall',
    managementEvent: event.category === 'Management',
    recipientAccountId: ACCOUNT_ID,
    eventCategory: event.category,
  };
}

function arnOf(type: string, name: string): string {
  return type.startsWith('AWS::S3::') ? `arn:aws:s3:::${name}` : name;
}
