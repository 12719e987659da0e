/** What every IAM operation works with. */
import { AwsServiceError } from '../error';
import type { Authority } from './authority';
import type { IdentityStore, ManagedPolicy, Principal, Role } from './identity-store';
import type { QueryForm } from './query-protocol';

export interface IamCall {
  readonly identities: IdentityStore;
  readonly authority: Authority;
  readonly principal: Principal;
  readonly form: QueryForm;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One operation: the ARN its right is asked for, and the work. An undefined result means an answer without one. */
export interface IamOperation {
  /** @default `*` */
  readonly resource?: (call: IamCall) => string;
  readonly run: (call: IamCall) => readonly string[] | undefined;
}

export function roleOf({ identities, form }: IamCall): Role {
  const name = form.need('RoleName');
  const role = identities.roles.get(name);
  if (role !== undefined) return role;
  throw noSuchEntity(`The role with name ${name} cannot be found.`);
}

export function policyOf({ identities, form }: IamCall, field = 'PolicyArn'): ManagedPolicy {
  const arn = form.need(field);
  const policy = identities.policies.get(arn);
  if (policy !== undefined) return policy;
  throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
}

export function noSuchEntity(message: string): AwsServiceError {
  return new AwsServiceError(404, 'NoSuchEntity', message);
}

export function conflict(
  code: 'EntityAlreadyExists' | 'DeleteConflict' | 'LimitExceeded',
  message: string,
): AwsServiceError {
  return new AwsServiceError(409, code, message);
}

/** IAM answers documents URL-encoded, as RFC 3986 has it. */
export function encodedDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function isoOf(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}
