/**
 * Answers that are none, by name: what filters, gateways and half-finished transfers make of an answer of Genesys Cloud.
 * Some stand in its place, and then the work is not done unless the fault says so; the others are made from the real one.
 */
import type { ApiResponse } from '../genesys/exchange';

/** Makes a false answer; from the real one when there is one. */
type Falsify = (real: ApiResponse | null) => ApiResponse;

interface FalseAnswer {
  readonly what: string;
  /** True when it is made from the real answer: then the work is always done. */
  readonly fromReal: boolean;
  readonly make: Falsify;
}

const html = (status: number, title: string, text: string): ApiResponse => ({
  status,
  body: `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>\n`,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
});

const instead = (what: string, make: () => ApiResponse): FalseAnswer => ({ what, fromReal: false, make });

const from = (what: string, change: (real: ApiResponse) => ApiResponse): FalseAnswer => ({
  what,
  fromReal: true,
  // Refusals stay what they are: only a success can be spoilt.
  make: (real) => (real === null || real.status >= 300 ? (real ?? { status: 200 }) : change(real)),
});

const KINDS = {
  'html-200': instead("a filter's notice page with HTTP 200", () =>
    html(200, 'Notice', 'This page was checked by your web filter.'),
  ),
  'empty-200': instead('HTTP 200 without a body', () => ({ status: 200 })),
  'empty-202': instead('HTTP 202 without a body', () => ({ status: 202 })),
  'empty-204': instead('HTTP 204', () => ({ status: 204 })),
  'empty-object': instead('HTTP 200 with {}', () => ({ status: 200, body: {} })),
  'empty-array': instead('HTTP 200 with []', () => ({ status: 200, body: [] })),
  bytes: instead('HTTP 200 with compressed bytes that are called JSON', () => ({
    status: 200,
    body: '\u001f\ufffd\b\u0000\u0000\u0000\u0000\u0000\u0000\u0003\ufffdV*J-.',
    headers: { 'Content-Type': 'application/json' },
  })),
  'other-operation': instead('HTTP 200 with the JSON of another operation', () => ({
    status: 200,
    body: {
      id: '2b1c7a3e-0d4f-4b6a-9c8d-7e6f5a4b3c2d',
      name: 'Another thing',
      state: 'active',
      selfUri: '/api/v2/other',
    },
  })),
  redirect: instead('a redirect to a sign-in page', () => ({
    ...html(302, 'Found', 'Sign in to continue.'),
    headers: { 'Content-Type': 'text/html', Location: 'http://portal.invalid/sign-in' },
  })),
  'foreign-404': instead("a gateway's own HTML page with HTTP 404", () =>
    html(404, '404 Not Found', 'The gateway knows no such route.'),
  ),
  'foreign-404-json': instead("a gateway's own JSON with HTTP 404", () => ({
    status: 404,
    body: { message: 'no Route matched with those values', request_id: 'b0f2c1' },
  })),
  'foreign-403': instead("a firewall's block page with HTTP 403", () =>
    html(403, 'Access Denied', 'This request was blocked by the firewall.'),
  ),
  'foreign-500': instead("a gateway's error page with HTTP 500", () =>
    html(500, 'Internal Server Error', 'The gateway failed.'),
  ),
  truncated: from('the first half of the body', (real) => {
    const text = real.body === undefined ? '' : JSON.stringify(real.body);
    const half = text.slice(0, Math.ceil(text.length / 2));
    return { status: real.status, body: half, headers: { ...real.headers, 'Content-Type': 'application/json' } };
  }),
  'wrong-id': from('the right form with ids of other things', (real) => ({ ...real, body: otherIds(real.body) })),
  'no-list': from('a listing without its list', (real) => ({ ...real, body: withoutLists(real.body) })),
  bom: from('the right body behind a byte order mark', (real) =>
    real.body === undefined
      ? real
      : {
          ...real,
          body: `\ufeff${JSON.stringify(real.body)}`,
          headers: { ...real.headers, 'Content-Type': 'application/json' },
        },
  ),
  'wrong-type': from('the right body, called text/html', (real) => ({
    ...real,
    headers: { ...real.headers, 'Content-Type': 'text/html' },
  })),
  'wrong-status': from('the right body with HTTP 206', (real) => ({ ...real, status: 206 })),
} as const satisfies Readonly<Record<string, FalseAnswer>>;

/** The name of a false answer. */
export type FalseAnswerKind = keyof typeof KINDS;

/** All names, with what they play. */
export const FALSE_ANSWERS: Readonly<Record<FalseAnswerKind, string>> = Object.fromEntries(
  Object.entries(KINDS).map(([kind, { what }]) => [kind, what]),
) as Record<FalseAnswerKind, string>;

/** True for a name of a false answer. */
export function isFalseAnswer(kind: unknown): kind is FalseAnswerKind {
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind);
}

/** Whether the work is done before this answer is given. */
export function needsRealAnswer(kind: FalseAnswerKind): boolean {
  return KINDS[kind].fromReal;
}

/** The false answer in place of the real one; null: the work was not done. */
export function falseAnswer(kind: FalseAnswerKind, real: ApiResponse | null): ApiResponse {
  return KINDS[kind].make(real);
}

const ID_FIELDS: ReadonlySet<string> = new Set(['id', 'jobId', 'conversationId', 'recordingId', 'access_token']);

function otherIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(otherIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => [
      name,
      ID_FIELDS.has(name) && typeof content === 'string' ? otherId(content) : otherIds(content),
    ]),
  );
}

/** Another id of the same form; different ones stay different. */
function otherId(id: string): string {
  return id.replace(/[0-9a-f]/g, (digit) => (15 - Number.parseInt(digit, 16)).toString(16));
}

function withoutLists(value: unknown): unknown {
  if (Array.isArray(value)) return {};
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, content]) => !Array.isArray(content)));
}
