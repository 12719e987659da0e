/** Tags of an object version: merging without losing anybody else's, and the limits of S3. Pure. */

/** Tags by key. */
export type TagSet = ReadonlyMap<string, string>;

/** Most tags that S3 takes on an object version. */
export const MAX_TAGS = 10;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
/** What AWS allows in tags that every service understands. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** What is wrong with tags that somebody wants to set; empty when nothing is. Each line is a sentence a user can act on. */
export function tagProblems(tags: TagSet): readonly string[] {
  const problems: string[] = [];
  if (tags.size > MAX_TAGS)
    problems.push(`${tags.size} tags are given, but S3 takes at most ${MAX_TAGS} on an object.`);
  for (const [key, value] of tags) {
    if (key === '') problems.push('A tag key is empty.');
    if (key.length > MAX_KEY_LENGTH) {
      problems.push(`Tag key "${key.slice(0, 32)}…" is longer than ${MAX_KEY_LENGTH} characters.`);
    }
    if (value.length > MAX_VALUE_LENGTH) {
      problems.push(`The value of tag "${key}" is longer than ${MAX_VALUE_LENGTH} characters.`);
    }
    if (/^aws:/i.test(key)) problems.push(`Tag key "${key}" begins with "aws:", which AWS keeps for itself.`);
    if (!TAG_TEXT.test(key) || !TAG_TEXT.test(value)) {
      problems.push(`Tag "${key}" has characters other than letters, digits, spaces and _ . : / = + - @.`);
    }
  }
  return problems;
}

/** What merging does to the tags of one version. */
export interface Merge {
  /** All that were there and all that are wanted; a wanted value wins over one that was there. */
  readonly tags: TagSet;
  /** Whether anything has to be written. */
  readonly changed: boolean;
  /** Keys that had another value before. */
  readonly overwritten: readonly string[];
  /** False when the result is more than S3 takes: then nothing may be written. */
  readonly fits: boolean;
}

/** Adds tags to those that are there. S3 knows only "replace all": what is not named here would be lost. */
export function mergeTags(present: TagSet, wanted: TagSet): Merge {
  const tags = new Map(present);
  const overwritten: string[] = [];
  let changed = false;
  for (const [key, value] of wanted) {
    const before = tags.get(key);
    if (before === value) continue;
    if (before !== undefined) overwritten.push(key);
    tags.set(key, value);
    changed = true;
  }
  return { tags, changed, overwritten, fits: tags.size <= MAX_TAGS };
}

/** Whether all wanted tags are there with the wanted values. */
export function carriesTags(present: TagSet, wanted: TagSet): boolean {
  return [...wanted].every(([key, value]) => present.get(key) === value);
}

/** Same keys, same values, in any order. */
export function sameTags(one: TagSet, other: TagSet): boolean {
  return one.size === other.size && carriesTags(one, other);
}

/** Sorted pairs: the same for equal tag sets, so it serves as an identity and in digests. */
export function canonicalTags(tags: TagSet): readonly (readonly [string, string])[] {
  return [...tags].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}
