/** `POST /oauth/token`: client credentials for an access token. Served by the login host; behind a gateway, by the same. */
import { randomBytes } from 'node:crypto';
import { ApiError } from './api-error';
import { ANONYMOUS, type Client } from './client';
import type { ApiRequest, ApiResponse, Route } from './exchange';
import type { World } from '../world';

export function oauthRoutes(world: World): readonly Route[] {
  return [{ method: 'POST', path: '/oauth/token', authenticated: false, handle: (request) => issue(world, request) }];
}

function issue(world: World, request: ApiRequest): ApiResponse {
  const form = new URLSearchParams(request.bytes.toString('utf8'));
  if (form.get('grant_type') !== 'client_credentials') {
    return refusal(400, 'unsupported_grant_type', `grant type not supported: ${form.get('grant_type') ?? 'none'}`);
  }
  const given = basicCredentials(request.headers['authorization']);
  if (given === undefined)
    return refusal(400, 'invalid_request', 'basic authentication with client id and secret is needed');
  const client = world.clients.get(given.id);
  if (client === undefined) return refusal(400, 'invalid_client', `client not found: ${given.id}`);
  if (client.secret !== given.secret) return refusal(401, 'invalid_client', 'authentication failed');
  const token = randomBytes(32).toString('base64url');
  const lifetime = world.settings.tokenLifetimeSeconds;
  world.tokens.set(token, { clientId: client.id, expiresAt: world.clock.now() + lifetime * 1000 });
  return { status: 200, body: { access_token: token, token_type: 'bearer', expires_in: lifetime } };
}

/** The token endpoint has its own error form, which names the reason twice. */
function refusal(status: number, error: string, description: string): ApiResponse {
  return { status, body: { error, description, error_description: description } };
}

function basicCredentials(header: string | undefined): { readonly id: string; readonly secret: string } | undefined {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** The client behind a bearer token. Throws 401 for none, an unknown or an expired one. */
export function authenticate(world: World, authorization: string | undefined): { client: Client; token: string } {
  const token = /^bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) {
    throw new ApiError(
      401,
      'authentication.required',
      'No authentication bearer token specified in authorization header.',
    );
  }
  const known = world.tokens.get(token);
  if (known === undefined || known.expiresAt <= world.clock.now()) {
    throw new ApiError(401, 'bad.credentials', 'Invalid login credentials.');
  }
  return { client: world.clients.get(known.clientId) ?? ANONYMOUS, token };
}
