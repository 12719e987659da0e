import type { ExportFact, Facts, GivenAttribute, HoldFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** Nothing smuggles a legal hold into an export. */
export const noLegalHoldParameter: Rule<'export/no-legal-hold-parameter'> = {
  id: 'export/no-legal-hold-parameter',
  severity: 'error',
  moments: ['synth', 'plan'],
  looksAt: 'every attribute given to an export job, those from overrides and escape hatches included',
  cause:
    'An export that also asks for a legal hold makes Genesys Cloud resolve metadata while data moves, which fails with HTTP 500 on digital channels such as SMS over a carrier of one’s own.',
  remedy: 'Take the attribute out and hold with a genesyscloud_compliance_legalhold that depends on the export.',
  check: (facts) => facts.exports.flatMap((fact) => check(facts, fact)),
};

function check({ holds }: Facts, subject: ExportFact): readonly Answered[] {
  const smuggled = subject.given.filter(({ path }) => isLegalHold(path));
  if (smuggled.length === 0) {
    const message = `The export ${subject.address} asks for no legal hold.`;
    return [{ status: 'pass', subject: placeOf(subject), message, evidence: [], remedy: '' }];
  }
  return smuggled.map((attribute) => ({
    status: 'fail',
    subject: placeOf(subject, attribute.path),
    detail: attribute.path,
    message: `The export ${subject.address} is given ${attribute.path}. Export and legal hold in one request fail with HTTP 500 on digital channels, and the provider has no such argument.`,
    evidence: [{ origin: attribute.value.origin, what: attribute.path, ...textOf(attribute) }],
    remedy: `Remove ${attribute.path} from ${subject.address}${thenHold(holds, subject.address)}`,
  }));
}

/** What holds once the export is complete: the hold that is there, or one to be added. */
function thenHold(holds: readonly HoldFact[], address: string): string {
  const there = holds.find(({ dependsOn }) => dependsOn.some((one) => one.export === address));
  if (there !== undefined) return `; ${there.address} holds once the export is complete.`;
  return ` and hold once the export is complete:\nresource "genesyscloud_compliance_legalhold" "${address.split('.').pop() ?? 'hold'}" {\n  name          = "Name of the case"\n  export_job_id = ${address}.id\n}`;
}

function textOf({ path, value }: GivenAttribute): { readonly text?: string } {
  return value.known ? { text: `${path} = ${JSON.stringify(value.value)}` } : {};
}

/** `legal_hold`, `legalHold`, `destination.legal_hold`, `legalhold_enabled`: any part that is about a legal hold. */
function isLegalHold(path: string): boolean {
  return path.split('.').some((part) =>
    part
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .startsWith('legalhold'),
  );
}
