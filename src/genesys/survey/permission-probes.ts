/**
 * What the client's roles allow, found by trying. Reading is read. What would change something is asked for in a way that
 * cannot: a job of an id that nobody has, an empty list of conversations, a body without the action it needs. Genesys Cloud
 * looks at permissions first, so it answers 403 to whoever lacks one, and something else to the others.
 */
import { AmbiguousFailure, type Client } from '../client';
import { GenesysError, hasStatus } from '../errors';
import type { HoldApiName } from '../model';
import type { Operation } from '../operation';
import type { Request } from '../transport';
import { surveyOperations } from './operations';

/** The answer to one try. */
export interface PermissionState {
  /** Completes "to": `create recording jobs`. */
  readonly purpose: string;
  readonly permissions: readonly string[];
  /** Whether one of them is enough. */
  readonly any: boolean;
  /** The request that was tried: `POST /api/v2/recording/jobs`. */
  readonly tried: string;
  /** Null when the answer tells neither. */
  readonly granted: boolean | null;
  /** Those that Genesys Cloud named as missing. */
  readonly lacking: readonly string[];
  /** Why it is not known; empty when it is. */
  readonly why: string;
}

/** No job and no query has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** A century: no recording is kept for longer, so nothing is listed. */
const CENTURY_DAYS = 36_500;

/** What holding takes with each API. */
const HOLD_PROBES: Readonly<Record<HoldApiName, readonly Request[]>> = {
  compliance: [
    { operation: surveyOperations.listHolds, query: { pageSize: 1 } },
    { operation: surveyOperations.createHold, body: {} },
  ],
  deletion_protection: [
    { operation: surveyOperations.protect, query: { protect: true }, body: { conversationIds: [] } },
  ],
};

function probes(api: HoldApiName): readonly Request[] {
  const jobId = { jobId: NOBODY };
  return [
    { operation: surveyOperations.listJobs, query: { pageSize: 1 } },
    { operation: surveyOperations.createJob, body: {} },
    { operation: surveyOperations.executeJob, params: jobId, body: { state: 'PROCESSING' } },
    { operation: surveyOperations.cancelJob, params: jobId },
    { operation: surveyOperations.listIntegrations, query: { pageSize: 1 } },
    { operation: surveyOperations.readScopeQuery, params: jobId },
    { operation: surveyOperations.queryRetention, query: { retentionThresholdDays: CENTURY_DAYS, pageSize: 1 } },
    ...HOLD_PROBES[api],
  ];
}

/** Tries everything that exporting and holding take. */
export async function probePermissions(
  client: Client,
  api: HoldApiName,
  signal: AbortSignal,
): Promise<readonly PermissionState[]> {
  return await Promise.all(probes(api).map((probe) => attempt(client, probe, signal)));
}

async function attempt(client: Client, request: Request, signal: AbortSignal): Promise<PermissionState> {
  const operation: Operation = request.operation;
  const state = {
    purpose: operation.words,
    permissions: operation.permissions,
    any: operation.anyPermission === true,
    tried: `${operation.method} ${operation.path}`,
    lacking: [],
    why: '',
  };
  try {
    await client.call(request, signal);
    return { ...state, granted: true };
  } catch (thrown) {
    // Nothing can have been made or taken away: there was nothing to do.
    const error = thrown instanceof AmbiguousFailure ? thrown.failure : thrown;
    if (!(error instanceof GenesysError)) throw error;
    const { status, code } = error;
    if (hasStatus(error, 403)) {
      const lacking = error.missingPermission === undefined ? [] : error.missingPermission.split(/, | or /);
      return { ...state, granted: false, lacking };
    }
    // It was let in, and found nothing to do.
    if (hasStatus(error, 400, 404, 409, 415, 422)) return { ...state, granted: true };
    const said = status === 0 ? code : `HTTP ${status} ${code}`.trim();
    return { ...state, granted: null, why: `${operation.method} ${operation.path} answers ${said}` };
  }
}
