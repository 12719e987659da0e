/**
 * What Terraform was about to do to a hold when the provider refused, by the title of the refusal, which Terraform's log
 * repeats; undefined for every other title. The titles are those of the provider's release-guard.ts and claims.ts.
 */
export function refusedRelease(title: string): 'destroy' | 'replace' | undefined {
  if (/ would be released and made again$/.test(title)) return 'replace';
  return / would be released(?: without a reason)?$|^Release refused: /.test(title) ? 'destroy' : undefined;
}
