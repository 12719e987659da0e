const UNIT_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** The longest a Node timer can run. */
const MOST_MS = 2 ** 31 - 1;

/** Milliseconds of a `grpc-timeout` header (`5S`); undefined for none, or one that is malformed. */
export function parseTimeout(header: string | undefined): number | undefined {
  const match = /^(\d{1,8})([HMSmun])$/.exec(header ?? '');
  if (match === null) return undefined;
  return Math.min(Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? 0), MOST_MS);
}
