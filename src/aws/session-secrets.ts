/** Secrets of an AWS session, which come from wherever the SDK finds credentials: environment, profile, role, container. */
import { registerSecrets } from '../secrets';

interface Credentials {
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}

interface SdkClient {
  readonly config: { readonly credentials: () => Promise<Credentials> };
  readonly middlewareStack: object;
}

/** What is used of the stack. Its own type differs from service to service in what a request carries, which is not looked at. */
interface AnyStack {
  add(middleware: (next: Handler) => Handler, options: { readonly step: 'initialize'; readonly name: string }): void;
}
type Handler = (request: object) => Promise<object>;

/** Registers the credentials of a client before each request, so that no answer can repeat them. Answers the client. */
export function withRegisteredSession<Client extends SdkClient>(client: Client): Client {
  (client.middlewareStack as AnyStack).add(
    (next) => async (request) => {
      try {
        const { secretAccessKey, sessionToken } = await client.config.credentials();
        registerSecrets(secretAccessKey, sessionToken);
      } catch {
        // Without credentials the request itself fails, and says why.
      }
      return next(request);
    },
    { step: 'initialize', name: 'registerSession' },
  );
  return client;
}
