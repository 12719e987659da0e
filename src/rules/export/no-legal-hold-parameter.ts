import type { ExportFact, Facts, GivenAttribute } from '../../facts';
import { labelOf, languageOf, localAddress } from '../remedy-places';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** Nothing smuggles a legal hold into an export. */
export const noLegalHoldParameter: Rule<'export/no-legal-hold-parameter'> = {
  id: 'export/no-legal-hold-parameter',
  severity: 'error',
  moments: ['synth', 'plan'],
  title: 'nothing smuggles `legal_hold` into an export',
  looksAt: [
    'Every attribute that is given to an export job, in any way: arguments, `addOverride`, JSON configuration. A name that speaks of a legal hold, in any spelling and at any depth, is found, whatever its value.',
  ],
  why: [
    'An export that also asks for a legal hold is reported to fail with HTTP 500 on digital channels, such as SMS over a carrier of your own: metadata is said to be resolved while data moves.',
    'The public API contract of Genesys Cloud has no such field and does not describe this failure; it comes from a report from the field. The provider has no such argument. The rule catches what goes around it.',
  ],
  remedy: ['Remove the attribute. Hold in a resource of its own that depends on the export.'],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "genesyscloud_recording_export_job" "sms" {
          integration_id = var.integration_id
          interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
          batch_interval = "P7D"
          media_types    = ["message"]
          message_types  = ["sms"]
        }

        resource "genesyscloud_compliance_legalhold" "sms" {
          name          = "Acme v. Example"
          export_job_id = genesyscloud_recording_export_job.sms.id
        }`,
    },
    {
      language: 'cdktf',
      text: `new LegalHoldExport(this, 'sms', { integrationId, interval, channel: Channel.sms(), bucket, role, hold });`,
    },
  ],
  nonCompliant: [
    {
      language: 'cdktf',
      text: `
        const sms = new LegalHoldExport(this, 'sms', {
          integrationId,
          interval,
          channel: Channel.sms(),
          bucket,
          role,
          hold,
        });
        sms.exportJob.addOverride('legal_hold', true);`,
    },
  ],
  sources: [
    { title: 'A report from the field of the HTTP 500. Not in the public API contract.' },
    {
      title: 'Recording API of Genesys Cloud: bulk jobs',
      url: 'https://developer.genesys.cloud/devapps/api-explorer-standalone#post-api-v2-recording-jobs',
    },
  ],
  check: (facts) => facts.exports.flatMap((fact) => check(facts, fact)),
};

function check(facts: Facts, subject: ExportFact): readonly Answered[] {
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
    remedy: `Remove ${attribute.path} from ${subject.address}${thenHold(facts, subject)}`,
  }));
}

/** What holds once the export is complete: the hold that is there, or one to be added. */
function thenHold(facts: Facts, subject: ExportFact): string {
  const { address } = subject;
  const there = facts.holds.find(({ dependsOn }) => dependsOn.some((one) => one.export === address));
  if (there !== undefined) return `; ${there.address} holds once the export is complete.`;
  const label = labelOf(address);
  const local = localAddress(address) ?? address;
  const written =
    languageOf(facts, subject) === 'cdktf'
      ? `new GenesyscloudComplianceLegalhold(this, '${label}-hold', {\n  name: 'Name of the case',\n  exportJobId: '\${${local}.id}',\n});`
      : `resource "genesyscloud_compliance_legalhold" "${label}" {\n  name          = "Name of the case"\n  export_job_id = ${local}.id\n}`;
  return ` and hold once the export is complete:\n${written}`;
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
