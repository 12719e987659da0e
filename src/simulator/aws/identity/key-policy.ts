import type { IdentityStore } from './identity-store';

/** Finds the key that a bucket's encryption names, by id, ARN or alias of none. A disabled key cannot be used. */
export function bucketKeyOf(
  identities: IdentityStore,
): (keyId: string) => { readonly arn: string; readonly policy: string } | undefined {
  return (keyId) => {
    const key = identities.key(keyId);
    return key?.enabled === true ? key : undefined;
  };
}
