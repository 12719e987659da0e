/** Many attributions of one finding, put together by actor. */
import type { Attribution, KnownActor } from './attribution';

/** What one actor did of it; or how much of it is unknown for one reason. */
export interface Share {
  readonly attribution: Attribution;
  /** How many conversations, versions or settings. */
  readonly count: number;
  /** When the last of them was, where there are several; ISO-8601 in UTC. */
  readonly until?: string;
}

/** Known actors first, each with its first act; then what is unknown, by reason. */
export function sharesOf(attributions: readonly Attribution[]): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const one of attributions) {
    const key = JSON.stringify(one.known ? [one.actor, one.client, one.address] : [one.why]);
    const share = shares.get(key);
    shares.set(key, share === undefined ? { attribution: one, count: 1 } : joined(share, one));
  }
  return [...shares.values()].sort(
    (a, b) => Number(b.attribution.known) - Number(a.attribution.known) || b.count - a.count,
  );
}

function joined(share: Share, one: Attribution): Share {
  const { attribution, count, until } = share;
  if (!attribution.known || !one.known) return { ...share, count: count + 1 };
  const first = one.at < attribution.at ? one : attribution;
  const last = [until ?? attribution.at, one.at].sort().at(-1) ?? one.at;
  return { attribution: first, count: count + 1, ...(last === first.at ? {} : { until: last }) };
}

/** A sentence: "user Anna Archivist did it at …, with client 0b9f… from 198.51.100.7 (Genesys Cloud audit 12)". */
export function shareInWords({ attribution, count, until }: Share, total: number): string {
  const part = total === 1 ? '' : `, ${count} of ${total}`;
  if (!attribution.known) return `Who did it is unknown${part}: ${attribution.why}.`;
  return `Done by ${actorInWords(attribution)}${until === undefined ? '' : ` and until ${until}`}${part} (${attribution.source}).`;
}

function actorInWords({ actor, client, address, at }: KnownActor): string {
  const by = client === null ? '' : `, with ${client}`;
  return `${actor}${by}, from ${address ?? 'an address that the record does not name'}, at ${at}`;
}
