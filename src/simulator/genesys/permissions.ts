import { ApiError } from './api-error';
import { isPermitted, type Client } from './client';
import type { Route } from './exchange';

/** Throws 403 that names the permissions the client lacks for this route. */
export function checkPermissions(client: Client, route: Route): void {
  const missing = (route.all ?? []).filter((permission) => !isPermitted(client, permission));
  if (missing.length > 0) {
    throw new ApiError(
      403,
      'missing.permissions',
      `Unable to perform the requested action. You are missing the following permission(s): ${missing.join(', ')}`,
    );
  }
  const { any } = route;
  if (any === undefined || any.some((permission) => isPermitted(client, permission))) return;
  throw new ApiError(
    403,
    'missing.any.permissions',
    `Unable to perform the requested action. You must have at least one of the following permissions assigned: ${any.join(', ')}`,
  );
}
