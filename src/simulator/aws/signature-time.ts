/**
 * When a request was signed, and whether that is too long ago. A pre-signed request is good for `X-Amz-Expires` seconds, one
 * signed in its header for a quarter of an hour. The signature itself is not verified, its time is.
 *
 * Source: AWS, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)"; error responses of Amazon S3.
 */
import type { Clock } from '../clock';
import type { HttpRequest } from '../http-server';
import { Refusal } from './refusal';

const SKEW_MS = 15 * 60_000;
const LONGEST_EXPIRY_SECONDS = 604_800;
/** A date is written in whole seconds. */
const SECOND_MS = 1000;

const QUERY_PARAMETERS = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
];

/** What the check needs of the simulator's clock. */
export type SignatureClock = Pick<Clock, 'now' | 'offset' | 'movedSince' | 'movesBack'>;

/** Throws 403 where the request was signed too long ago, or in the future. S3 says so in its own words. */
export function checkTimeOfSignature(request: HttpRequest, service: 's3' | 'others', clock: SignatureClock): void {
  const { headers, url } = request;
  if (headers['authorization'] === undefined && url.searchParams.has('X-Amz-Credential')) {
    checkPreSigned(request, clock);
    return;
  }
  const signed = signedAt(headers['x-amz-date'] ?? headers['date'] ?? '');
  if (signed === undefined) return;
  // Who has not heard of a move of the clock yet is not late: his clock was right before it.
  const right = [0, ...clock.movesBack()].flatMap((moved) => [
    clock.now() - moved,
    ...(request.arrivedAt === undefined ? [] : [request.arrivedAt + clock.offset - moved]),
  ]);
  if (right.some((now) => Math.abs(now - signed) <= SKEW_MS)) return;
  throw tooSkewed(service, signed, clock.now());
}

function checkPreSigned({ url, arrivedAt }: HttpRequest, clock: SignatureClock): void {
  const query = url.searchParams;
  const missing = QUERY_PARAMETERS.filter((name) => !query.has(name));
  if (missing.length > 0) {
    throw malformed(
      `Query-string authentication version 4 requires the ${QUERY_PARAMETERS.slice(0, -1).join(', ')}, and X-Amz-Expires parameters.`,
    );
  }
  const signed = signedAt(query.get('X-Amz-Date') ?? '');
  if (signed === undefined) throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  const text = query.get('X-Amz-Expires') ?? '';
  const expires = Number(text);
  if (!/^-?\d+$/.test(text)) throw malformed('X-Amz-Expires should be a number');
  if (expires < 0) throw malformed('X-Amz-Expires must be non-negative');
  if (expires > LONGEST_EXPIRY_SECONDS) {
    throw malformed('X-Amz-Expires must be less than a week (in seconds) that is 604800');
  }
  const age = ageOf(signed, arrivedAt, clock);
  const serverTime = iso(clock.now());
  if (age < -SKEW_MS) {
    throw new Refusal(403, 'AccessDenied', 'Request is not yet valid', {
      'X-Amz-Date': query.get('X-Amz-Date') ?? '',
      ServerTime: serverTime,
    });
  }
  if (age <= expires * SECOND_MS) return;
  throw new Refusal(403, 'AccessDenied', 'Request has expired', {
    'X-Amz-Expires': text,
    Expires: iso(signed + expires * SECOND_MS),
    ServerTime: serverTime,
  });
}

/**
 * How old a signature is, by the clock that its signer goes by. A signer on this machine has the computer's clock, or the
 * simulator's, which it read in an answer: the one that fits better is meant. What the clock was moved since then counts; a date has
 * whole seconds, so what was signed in the second of the move counts as signed before it.
 */
function ageOf(signed: number, arrivedAt: number | undefined, clock: SignatureClock): number {
  const bySimulated = clock.now() - signed;
  if (arrivedAt === undefined || signed > arrivedAt + SECOND_MS) return bySimulated;
  const byComputers = arrivedAt - signed + clock.movedSince(signed);
  return Math.abs(byComputers) < Math.abs(bySimulated) ? byComputers : bySimulated;
}

/** `20260301T000000Z`, or the date of HTTP. */
function signedAt(text: string): number | undefined {
  const at = Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  return Number.isNaN(at) ? undefined : at;
}

function malformed(message: string): Refusal {
  return new Refusal(400, 'AuthorizationQueryParametersError', message);
}

function tooSkewed(service: 's3' | 'others', signed: number, now: number): Refusal {
  if (service === 's3') {
    return new Refusal(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      { RequestTime: iso(signed), ServerTime: iso(now), MaxAllowedSkewMilliseconds: String(SKEW_MS) },
    );
  }
  const limit = iso(signed < now ? now - SKEW_MS : now + SKEW_MS);
  const what = signed < now ? 'Signature expired' : 'Signature not yet current';
  const than = signed < now ? 'earlier' : 'later';
  return new Refusal(403, 'SignatureDoesNotMatch', `${what}: ${iso(signed)} is now ${than} than ${limit}`);
}

function iso(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
