/** What a preflight was not asked to look at: a check that was left out is not a check that passed. */
import { listOf, textOf, type GivenOptions } from './command';

/** Something that was left out. */
export interface NotLookedAt {
  readonly what: string;
  /** Half a sentence. */
  readonly why: string;
}

/** What each option makes a preflight look at. */
const LOOKS: readonly { readonly options: readonly string[]; readonly what: string }[] = [
  { options: ['role-arn'], what: 'the role that Genesys Cloud exports with: trust, actions, least privilege, tagging' },
  { options: ['bucket'], what: 'the bucket: policy, public access, encryption, Object Lock, lifecycle' },
  { options: ['hold-role-arn'], what: 'the role that holds exported files, and who can release' },
  { options: ['integration-id'], what: 'the integration that exports go through' },
  { options: ['interval', 'conversation-id'], what: 'the export: batches, requests, and room for the hold on it' },
  { options: ['external-reference-id'], what: 'the reference id of the hold' },
  { options: ['trunk-id'], what: 'SIP trunks and the certificates of their gateways' },
];

/** What no option named, and so nothing looked at. */
export function notLookedAt(options: GivenOptions): readonly NotLookedAt[] {
  const isGiven = (name: string): boolean => textOf(options, name) !== undefined || listOf(options, name).length > 0;
  return LOOKS.filter(({ options: names }) => !names.some(isGiven)).map(({ what, options: names }) => ({
    what,
    why: `no ${names.map((name) => `--${name}`).join(' or ')} was given`,
  }));
}
