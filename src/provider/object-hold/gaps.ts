/** What keeps an object hold from being whole, as gaps. Pure. */
import type { Gap } from '../gaps';
import { gapValues, LISTED_GAPS } from '../gaps';
import { number } from '../../words';
import type { Facts } from './facts';
import type { Losses } from './losses';

/** A failure as state lists it. */
export interface FailureRow {
  readonly key: string | null;
  readonly version_id: string | null;
  readonly message: string | null;
}

/** What could not be done, the first of it by name. */
export interface Failed {
  readonly count: number;
  readonly rows: readonly FailureRow[];
}

/** Named one by one at most, of each kind: what is beyond is one entry with its number, which the digest covers. */
const MOST_NAMED = 1_000;

/** All gaps, and how many things they stand for. */
export interface GapList {
  readonly gaps: readonly Gap[];
  readonly count: number;
}

/** Where a hold is. */
export interface Placed {
  readonly bucket: string;
  /** What is held without the register knowing it; null where it knows all. */
  readonly unregistered: string | null;
}

/** The gaps of a hold over a bucket, from what was seen, what is lost, and what could not be done. */
export function gapsOf({ bucket, unregistered }: Placed, facts: Facts, losses: Losses, failed: Failed): GapList {
  const list = new Gaps(bucket);
  if (unregistered !== null) list.add('unregistered', unregistered, 'Held, and not in the register of claims');
  for (const { mark, key, versionId, heldSince } of losses.named) {
    const id = key === null || versionId === null ? `${bucket}?mark=${mark}` : versionGap(bucket, key, versionId);
    list.add(
      'lost',
      id,
      heldSince === null ? 'Gone from the bucket' : `Held since ${heldSince}, and gone from the bucket`,
    );
  }
  list.more('lost', losses.unnamed);
  for (const conversation of facts.absentConversations.slice(0, MOST_NAMED)) {
    list.add('absent', conversation, 'The export covers it, and no file of it is in the bucket');
  }
  list.more('absent', facts.absentConversations.length - MOST_NAMED);

  const failures = new Set<string>();
  for (const { key, version_id: versionId, message } of failed.rows) {
    const id = key === null || key === '' ? message : versionGap(bucket, key, versionId ?? '');
    if (id === null || failures.has(id)) continue;
    failures.add(id);
    list.add('failed', id, message);
  }
  list.more('failed', failed.count - failed.rows.length);

  let named = 0;
  for (const { key, versionId, isNew } of facts.unheld) {
    const id = versionGap(bucket, key, versionId);
    named += 1;
    if (failures.has(id)) continue;
    list.add(
      isNew ? 'late' : 'released',
      id,
      isNew ? 'Came after the last look, and is not held yet' : 'In scope before, and not held now',
    );
  }
  list.more('released', facts.unheldCount - named);
  return list;
}

/** Values of the gap attributes. */
export function gapAttributesOf({ gaps, count }: GapList) {
  return { ...gapValues(gaps), gap_count: count };
}

/** One line for each, for messages. */
export function describeGaps({ gaps, count }: GapList, most: number): readonly string[] {
  const shown = gaps.slice(0, Math.min(most, LISTED_GAPS));
  return [
    ...shown.map(({ kind, id, detail }) => `  ${kind}: ${id}${detail === null ? '' : ` (${detail})`}`),
    ...(count > shown.length ? [`  and ${number(count - shown.length)} more`] : []),
  ];
}

class Gaps implements GapList {
  readonly gaps: Gap[] = [];
  count = 0;

  constructor(private readonly bucket: string) {}

  add(kind: Gap['kind'], id: string, detail: string | null): void {
    this.gaps.push({ kind, id, detail });
    this.count += 1;
  }

  more(kind: Gap['kind'], count: number): void {
    if (count <= 0) return;
    this.gaps.push({ kind, id: `${this.bucket}: ${count} more`, detail: 'Too many to be named one by one' });
    this.count += count;
  }
}

function versionGap(bucket: string, key: string, versionId: string): string {
  return `${bucket}/${key}?versionId=${versionId}`;
}
