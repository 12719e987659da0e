/** What to do about a failure, in the words of whoever must act: the reader, an administrator of AWS, of the network. Pure. */
import { certificateRemedy, certificateTrouble, type CertificateTrouble } from '../network';
import type { Attempt } from './aws-error';

/** What went wrong, as far as the remedy depends on it. */
export type Trouble =
  /** An answer that is not the service's. */
  | { readonly trouble: 'odd-answer'; readonly status: number }
  /** The proxy did not let the request through. */
  | { readonly trouble: 'proxy'; readonly status: number }
  /** There was nothing to sign the request with. */
  | { readonly trouble: 'credentials'; readonly status: number | undefined; readonly why: string }
  /** `proxy`: it is the one that gave none. */
  | { readonly trouble: 'no-answer'; readonly why: string; readonly proxy: string | undefined }
  | {
      readonly trouble: 'refusal';
      readonly code: string;
      readonly status: number | undefined;
      readonly denied: boolean;
      readonly why: string;
    };

type Place = Pick<Attempt, 'right' | 'region' | 'endpoint'>;

/** Sentences that say what to do now. */
export function remedyFor(trouble: Trouble, place: Place): string {
  switch (trouble.trouble) {
    case 'odd-answer':
      return oddAnswer(trouble.status, place);
    case 'proxy':
      return trouble.status === 407
        ? 'The proxy asks for a user and a password, or for others than those it got: give them in HTTPS_PROXY, as in http://user:password@proxy:8080, with special characters percent-encoded.'
        : 'That is the answer of the proxy and not of AWS: have it let this address through, or name the address in NO_PROXY.';
    case 'credentials':
      return credentials(trouble.why);
    case 'no-answer':
      return trouble.proxy === undefined ? noAnswer(trouble.why, place) : noProxy(trouble.why, trouble.proxy);
    case 'refusal':
      return refusal(trouble, place);
  }
}

function oddAnswer(status: number, { endpoint }: Place): string {
  const whom = endpoint === undefined ? 'AWS' : `the service at ${endpoint}`;
  if (status === 407) return remedyFor({ trouble: 'proxy', status }, { right: '' });
  return (
    `This is not an answer of ${whom}: a proxy, a firewall or another server answered in its place. Nothing is concluded from it. ` +
    `Have the network let these requests through unchanged${endpoint === undefined ? '' : ', or check endpoint'}, and repeat.`
  );
}

const GIVE_CREDENTIALS =
  'Give the process AWS credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile in AWS_PROFILE, or a role.';

function credentials(why: string): string {
  const action = /\bsts:(AssumeRole\w*)/.exec(why)?.[1];
  if (action === undefined) return /region is missing/i.test(why) ? SET_REGION : GIVE_CREDENTIALS;
  const token =
    action === 'AssumeRoleWithWebIdentity'
      ? 'Check the trust policy of the role (AWS_ROLE_ARN, or role_arn of the profile): it must trust the identity provider of this pipeline, and its conditions on audience and subject must match the token.'
      : 'Check that the trust policy of the role (role_arn of the profile) names the identity that takes it on, and that this identity may do so.';
  return `STS refused sts:${action}, so the role could not be taken on. ${token} No right in S3 is the reason.`;
}

const SET_REGION = 'Set the region of the bucket, or AWS_REGION.';

function noAnswer(why: string, { endpoint }: Place): string {
  if (/region is missing/i.test(why)) return SET_REGION;
  const trouble = certificateTrouble(why);
  if (trouble !== undefined) return ofCertificate(trouble, endpoint);
  if (/unsupported protocol|alert protocol version|no protocols available/i.test(why)) {
    return 'This address offers no TLS 1.2 or later, and older versions are not spoken here: have TLS 1.2 or 1.3 switched on there.';
  }
  return endpoint === undefined
    ? 'Check the network, AWS_REGION, and HTTPS_PROXY and NO_PROXY where there is a proxy.'
    : `Check that ${endpoint} can be reached from here, and HTTPS_PROXY and NO_PROXY where there is a proxy.`;
}

function ofCertificate(trouble: CertificateTrouble, where = 'this address'): string {
  const remedy = certificateRemedy(trouble, where, 'Use the name it was issued for as the endpoint');
  return remedy.charAt(0).toUpperCase() + remedy.slice(1);
}

function noProxy(why: string, proxy: string): string {
  const trouble = certificateTrouble(why);
  // A proxy that speaks TLS, or one that looks into it, shows its own certificate.
  if (trouble !== undefined) return ofCertificate(trouble, `this address (or the proxy ${proxy} before it)`);
  return /wrong version number|EPROTO|packet length/i.test(why)
    ? 'It does not speak TLS on this port. Most proxies are spoken to by plain HTTP, whatever they pass on: begin HTTPS_PROXY with http://.'
    : `Check HTTPS_PROXY, and that ${proxy} can be reached from here; what needs no proxy goes into NO_PROXY.`;
}

/** Policies of others than the identity's own can stand in the way; AWS says which kind it was. */
const DENIED_BY: readonly (readonly [words: RegExp, remedy: (right: string) => string])[] = [
  [
    /service control policy|resource control policy/i,
    (right) =>
      `A policy of the AWS organization (SCP or RCP) denies it. No policy in this account can allow it: ask the administrators of the organization for ${right}.`,
  ],
  [
    /permissions boundary/i,
    (right) =>
      `The permissions boundary of the identity that runs this process does not allow it: have ${right} added to the boundary.`,
  ],
  [
    /session policy/i,
    (right) => `The session policy given when the role was taken on does not allow it: add ${right} to it.`,
  ],
  [
    /VPC endpoint policy/i,
    (right) => `The policy of the VPC endpoint that this network uses does not allow it: add ${right} to it.`,
  ],
  [
    /explicit deny in a resource-based policy/i,
    (right) =>
      `A statement of the bucket policy denies it to this identity or from this network: except this identity from it. Needed: ${right}.`,
  ],
];

function refusal({ code, status, denied, why }: Extract<Trouble, { trouble: 'refusal' }>, place: Place): string {
  const { right, region, endpoint } = place;
  if (denied) {
    const known = DENIED_BY.find(([words]) => words.test(why));
    if (known !== undefined) return known[1](right);
    return endpoint === undefined
      ? `Missing right: ${right}. Allow it for the identity that runs this process, and check that the bucket policy denies it neither to this identity nor to this network.`
      : `Missing right at ${endpoint}: ${right}. Allow it there for the access key that this process uses.`;
  }
  switch (code) {
    case 'NoSuchBucket':
      return 'Check the bucket name, and the endpoint if one is set.';
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException':
      return `The bucket is in another region than ${region ?? 'the one in use'}: set the region of the bucket.`;
    case 'CredentialsProviderError':
      return GIVE_CREDENTIALS;
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
      return endpoint === undefined
        ? `The AWS credentials are wrong. ${GIVE_CREDENTIALS}`
        : `The service at ${endpoint} does not take these credentials: give those that it issued in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
    case 'ExpiredToken':
    case 'ExpiredTokenException':
    case 'TokenRefreshRequired':
    case 'InvalidToken':
      return 'The AWS session has expired: sign in again and repeat.';
    case 'RequestTimeTooSkewed':
      return 'The clock of this machine is wrong: set it and repeat.';
    case 'SlowDown':
    case 'ServiceUnavailable':
    case 'ThrottlingException':
      return `${endpoint === undefined ? 'S3' : `The service at ${endpoint}`} asked to slow down and kept asking through all retries: repeat later.`;
    case 'InvalidBucketName':
      return 'A bucket name has 3 to 63 lower-case letters, digits, dots and hyphens.';
    default:
      break;
  }
  if (/region is missing/i.test(why)) return SET_REGION;
  if (status === undefined) return noAnswer(why, place);
  if (endpoint !== undefined) {
    return status === 501 || /not implemented/i.test(why)
      ? `The service at ${endpoint} does not know this operation. An object hold needs S3 Object Lock, versions and tags: use a service that has them, or object_lock_legal_hold = false.`
      : `Repeat; if it stays, give the request id to whoever runs the service at ${endpoint}.`;
  }
  return 'Repeat; if it stays, give the request id to AWS support.';
}
