/** Credentials as the SDK finds them: environment, profile, role, web identity. Registered as secrets, and their failures told apart. */
import type { AwsCredentialIdentity } from '@smithy/types';
import { registerSecrets } from '../secrets';

/** No credentials could be had: nothing was asked of the service itself. `cause` is what STS, SSO or the SDK said. */
export class NoCredentials extends Error {
  override readonly name = 'CredentialsProviderError';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

type Look = (properties?: Record<string, unknown>) => Promise<AwsCredentialIdentity>;

/** A client of the SDK, as far as its credentials go. */
interface Signing {
  readonly config: { credentials: unknown };
}

/**
 * The same client. Its credentials are registered before the first request that they sign, so that no answer can repeat
 * them; a failure to find any says that it is that, for a refusal of STS is none of S3.
 */
export function withOwnCredentials<Client extends Signing>(client: Client): Client {
  const look = client.config.credentials as Look;
  client.config.credentials = async (properties?: Record<string, unknown>) => {
    try {
      const identity = await look(properties);
      registerSecrets(identity.secretAccessKey, identity.sessionToken);
      return identity;
    } catch (error) {
      throw new NoCredentials(error);
    }
  };
  return client;
}
