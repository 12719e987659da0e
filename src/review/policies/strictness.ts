/** Whether a change of policies only takes away what could harm recordings. */
import type { PolicyDifference } from '../../iam';

/** Actions that take protection away, and that no export, tag or hold needs. */
const LOSING =
  /^(s3:(delete|bypassgovernance|putlifecycle|putbucketversioning|putbucketobjectlock|putbucketpolicy|putbucketpublicaccessblock|putreplication)|kms:(schedulekeydeletion|disablekey|putkeypolicy)|iam:)/i;
const NOT_BY_TLS = /^Deny .* if \{"Bool":\{"aws:SecureTransport":"?false"?\}\}$/;

/** Whether all that changed is that less can be deleted, weakened, or read without TLS. */
export function isStricter({ lost, gained, undenied, denied, added }: PolicyDifference): boolean {
  if (gained.length > 0 || undenied.length > 0 || lost.length + denied.length === 0) return false;
  const isByTls = added.length > 0 && added.every((line) => NOT_BY_TLS.test(line));
  return lost.every((action) => LOSING.test(action)) && (isByTls || denied.every((action) => LOSING.test(action)));
}

/** Version of the policy language: it decides what `${…}` in a policy means. */
export function versionOf(policy: unknown): unknown {
  return /"Version"\s*:\s*"([^"]*)"/.exec(typeof policy === 'string' ? policy : '')?.[1];
}
