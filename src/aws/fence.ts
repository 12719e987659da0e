/**
 * Requests that are good for some seconds only: the signature is in the query and names its end (`X-Amz-Expires`), and S3
 * refuses it afterwards, however late it arrives. A header's signature is good for fifteen minutes.
 */
import type { FinalizeHandler, FinalizeHandlerArguments, HandlerExecutionContext, Pluggable } from '@smithy/types';

/* eslint-disable @typescript-eslint/no-explicit-any */
type ForAnyClient = Pluggable<any, any>;
type Next = FinalizeHandler<any, any>;
type Args = FinalizeHandlerArguments<any>;
/* eslint-enable @typescript-eslint/no-explicit-any */

/** How long a request is good for. */
export interface Fence {
  /** When it begins, by the service's clock. */
  readonly from: Date;
  /** Whole seconds, at least one. */
  readonly seconds: number;
}

interface Signed {
  readonly headers: Record<string, string>;
}

/** What the SDK keeps of how a request is to be signed. */
interface Scheme {
  readonly httpAuthOption: { readonly signingProperties?: SigningProperties };
  signer: { sign(request: Signed, identity: unknown, properties: SigningProperties): Promise<unknown> };
}

interface SigningProperties {
  readonly config?: { readonly signer?: (scheme: AuthScheme | undefined) => Promise<Presigner> };
  readonly context?: {
    readonly endpointV2?: { readonly properties?: { readonly authSchemes?: readonly AuthScheme[] } };
  };
  readonly signingRegion?: string;
  readonly signingName?: string;
}

interface AuthScheme {
  readonly signingRegion?: string;
  readonly signingName?: string;
}

interface Presigner {
  presign(request: Signed, options: Record<string, unknown>): Promise<unknown>;
}

const SMITHY_CONTEXT = '__smithy_context';

/** For one command, which is sent once: nothing repeats it. Its body is bound to the signature by `Content-MD5`. */
export function fencedBy({ from, seconds }: Fence): ForAnyClient {
  return {
    applyToStack(stack) {
      // In the place of the SDK's own.
      stack.add((next) => (args) => next(args), {
        name: 'retryMiddleware',
        step: 'finalizeRequest',
        priority: 'high',
        override: true,
      });
      stack.addRelativeTo(
        (next: Next, context: HandlerExecutionContext) => async (args: Args) => {
          const { selectedHttpAuthScheme: scheme } = context[SMITHY_CONTEXT] as { selectedHttpAuthScheme: Scheme };
          const sign: Scheme['signer']['sign'] = async (request, _identity, properties) => {
            const [auth] = properties.context?.endpointV2?.properties?.authSchemes ?? [];
            const signer = await properties.config?.signer?.(auth);
            if (signer === undefined) throw new TypeError('The SDK has no signer for this request.');
            return signer.presign(withoutChecksums(request), {
              signingDate: from,
              expiresIn: seconds,
              signingRegion: auth?.signingRegion ?? properties.signingRegion,
              signingService: auth?.signingName ?? properties.signingName,
            });
          };
          (context[SMITHY_CONTEXT] as { selectedHttpAuthScheme: Scheme }).selectedHttpAuthScheme = {
            ...scheme,
            signer: { sign },
          };
          return next(args);
        },
        { relation: 'before', toMiddleware: 'httpSigningMiddleware', name: 'fencedBy', override: true },
      );
    },
  };
}

/** A signature in the query covers no body; what the SDK adds for it would move into the query, too. */
function withoutChecksums(request: Signed): Signed {
  for (const name of Object.keys(request.headers)) {
    if (/^x-amz-((sdk-)?checksum-|content-sha256$|user-agent$)/i.test(name)) delete request.headers[name];
  }
  // Written as AWS writes it: it becomes a part of the query.
  request.headers['X-Amz-Content-Sha256'] = 'UNSIGNED-PAYLOAD';
  return request;
}
