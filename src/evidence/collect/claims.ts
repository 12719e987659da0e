/** What the register says of a matter: its claims, what they cover, and what others claim of it. */
import { ConversationSet } from '../../conversations';
import { isLive, type ClaimView, type Register } from '../../register';
import { HOLD, OBJECT_HOLD } from '../../words';

/** A place in S3. */
export interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** Whether keys of a bucket are covered. */
export interface FileCover {
  readonly own: (key: string) => boolean;
  readonly others: (key: string) => boolean;
}

/** A matter as the register has it. */
export interface MatterClaims {
  readonly matter: string;
  /** All of them, released ones included, in the order in which they were made. */
  readonly all: readonly ClaimView[];
  /** Those over conversations and over files that are not released. */
  readonly ofConversations: readonly ClaimView[];
  readonly ofFiles: readonly ClaimView[];
  /** What the live claims over conversations cover. */
  readonly conversations: ConversationSet;
  /** What claims cover that are not this matter's, or are being released. */
  readonly otherConversations: ConversationSet;
  /** Conversations that claims over files name. */
  readonly filesOf: ConversationSet;
  /** Holds that are objects of their own at Genesys Cloud, and what each of them was made for. */
  readonly holds: readonly { readonly hold: string; readonly ids: ConversationSet }[];
  /** Where files are claimed. */
  readonly places: readonly Place[];
  coverOf(bucket: string): Promise<FileCover>;
}

/** Reads the claims of a matter. Throws RegisterProblem. */
export async function claimsOf(register: Register, matter: string, signal: AbortSignal): Promise<MatterClaims> {
  const claims = [...register.view.claims.values()];
  const all = claims.filter(({ key }) => key.matter === matter);
  const live = all.filter(isLive);
  const ofConversations = live.filter(({ key }) => key.resourceType === HOLD);
  const ofFiles = live.filter(({ key }) => key.resourceType === OBJECT_HOLD);
  const others = claims.filter((claim) => claim.state !== 'done' && !live.includes(claim));
  const coverOf = async (some: readonly ClaimView[], bucket: string): Promise<(key: string) => boolean> => {
    const covers: ((key: string) => boolean)[] = [];
    for (const claim of some) {
      const cover = await register.coverOfFiles(claim, bucket, signal);
      if (cover !== undefined) covers.push(cover);
    }
    return (key) => covers.some((cover) => cover(key));
  };
  const files = (await Promise.all(ofFiles.map((claim) => register.files(claim, signal)))).flat();
  const holds: { readonly hold: string; readonly ids: ConversationSet }[] = [];
  for (const claim of ofConversations) {
    if (claim.hold !== null) holds.push({ hold: claim.hold, ids: await register.conversations(claim, signal) });
  }
  return {
    matter,
    all,
    holds,
    ofConversations,
    ofFiles,
    conversations: await coveredBy(register, ofConversations, signal),
    otherConversations: await coveredBy(
      register,
      others.filter(({ key }) => key.resourceType === HOLD),
      signal,
    ),
    filesOf: ConversationSet.unionOf(files.flatMap(({ conversations }) => conversations ?? [])),
    places: files.map(({ bucket, prefix }) => ({ bucket, prefix })),
    coverOf: async (bucket) => ({
      own: await coverOf(ofFiles, bucket),
      others: await coverOf(
        others.filter(({ key }) => key.resourceType === OBJECT_HOLD),
        bucket,
      ),
    }),
  };
}

async function coveredBy(
  register: Register,
  claims: readonly ClaimView[],
  signal: AbortSignal,
): Promise<ConversationSet> {
  const sets: ConversationSet[] = [];
  for (const claim of claims) sets.push(await register.conversations(claim, signal));
  return ConversationSet.unionOf(sets);
}

/** Places without those that another one holds, one bucket after the other. */
export function outermost(places: readonly Place[]): readonly Place[] {
  const sorted = [...places].sort((a, b) =>
    a.bucket === b.bucket ? order(a.prefix, b.prefix) : order(a.bucket, b.bucket),
  );
  const kept: Place[] = [];
  for (const place of sorted) {
    const last = kept.at(-1);
    if (last === undefined || last.bucket !== place.bucket || !place.prefix.startsWith(last.prefix)) kept.push(place);
  }
  return kept;
}

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
