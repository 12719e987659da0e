import { isUnknown, s } from '../../../src/framework';

/** Arguments of everything that can be tagged. Without default tags, all tags are the configured ones. */
export const tagAttributes = {
  tags: s.map('string', { optional: true, description: 'Tags.' }),
  tags_all: s.map('string', { computed: true, description: 'All tags, those of the provider included.' }),
};

interface Tagged {
  readonly tags: ReadonlyMap<string, string> | null;
}

/** What `tags` and `tags_all` are when AWS has these; no tags at all are null where none were asked for. */
export function tagsOf(
  found: readonly { readonly Key: string | undefined; readonly Value: string | undefined }[],
  like: Tagged,
): { tags: ReadonlyMap<string, string> | null; tags_all: ReadonlyMap<string, string> } {
  const all = new Map(found.map(({ Key = '', Value = '' }) => [Key, Value]));
  return { tags: all.size === 0 && (like.tags ?? null) === null ? null : all, tags_all: all };
}

/** Tags as requests carry them. */
export function tagList(tags: ReadonlyMap<string, string> | null | undefined): { Key: string; Value: string }[] {
  return [...(tags ?? [])].map(([Key, Value]) => ({ Key, Value }));
}

/** Tells at plan time what `tags_all` will be. */
export function planTags({ planned }: { readonly planned: { tags: unknown; tags_all: unknown } }): void {
  planned.tags_all = isUnknown(planned.tags) ? planned.tags : (planned.tags ?? new Map());
}
