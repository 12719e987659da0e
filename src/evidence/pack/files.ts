/** The files of a pack, and what is in them. */

/** Files of lines, each row of which can be named when it was changed. */
export const ROW_FILES = ['manifest.jsonl', 'conversations.jsonl', 'differences.jsonl', 'register.jsonl'] as const;

/** Where the digests of a file's lines stand. */
export function leavesOf(file: string): string {
  return `leaves/${file}.txt`;
}

export const REPORT = 'report.html';
export const SETTINGS = 'settings.json';
export const PROCESS = 'process.txt';
export const SUMS = 'SHA256SUMS';
export const PUBLIC_KEY = 'public-key.pem';
export const ATTESTATION = 'attestation.dsse.json';

/** What the attestation says; docs/evidence.md describes it. */
export const PREDICATE_TYPE = 'https://genesyscloud-compliance.dev/evidence/v1';

/** The predicate of the attestation. */
export interface PackPredicate {
  readonly matter: string;
  /** ISO-8601: from when to when the accounts were looked at. */
  readonly lookedFrom: string;
  readonly lookedUntil: string;
  readonly manifest: {
    readonly rows: number;
    /** RFC 6962 over the lines of manifest.jsonl, without their line feeds. In hex. */
    readonly merkleRoot: string;
  };
  readonly register: { readonly id: string | null; readonly entries: number; readonly head: string | null };
  readonly differences: number;
  readonly notLookedAt: number;
  readonly checksums: 'contents' | 's3';
  readonly software: { readonly name: string; readonly version: string };
}
