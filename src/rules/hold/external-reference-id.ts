import { patternProblem, REFERENCE_ID, referenceIdProblem } from '../../words';
import type { Facts, HoldFact } from '../../facts';
import { argument } from '../arguments';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** Of a longer id no shorter one is made up. */
const LONGEST_PROPOSED = 200;

/** The reference id of a hold has the agreed format. */
export const externalReferenceId: Rule<'hold/external-reference-id'> = {
  id: 'hold/external-reference-id',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  title: 'the reference id has the agreed format',
  looksAt: [
    '`external_reference_id` of each legal hold. It must match `^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$`, or the `external_reference_id_pattern` of the provider. A hold without one passes.',
  ],
  why: [
    'The id ties a hold to the matter in other systems. A malformed one is refused when the hold is placed, long after the export has started, or it is accepted and never found again.',
  ],
  remedy: ['Write the id that the finding proposes, or set the pattern to what your organization uses.'],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "genesyscloud_compliance_legalhold" "sms" {
          name                  = "Acme v. Example"
          export_job_id         = genesyscloud_recording_export_job.sms.id
          external_reference_id = "MATTER-2026-0017"
        }`,
    },
    {
      language: 'hcl',
      caption: 'For ids such as `17/2026`:',
      text: `
        provider "genesyscloud" {
          external_reference_id_pattern = "^\\\\d+/\\\\d{4}$"
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new LegalHoldExport(this, 'sms', {
          integrationId,
          interval,
          channel: Channel.sms(),
          bucket,
          role,
          hold: { name: 'Acme v. Example', externalReferenceId: 'MATTER-2026-0017' },
        });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'It holds a space. The provider refuses this too, before anything moves.',
      text: `
        resource "genesyscloud_compliance_legalhold" "sms" {
          name                  = "Acme v. Example"
          export_job_id         = genesyscloud_recording_export_job.sms.id
          external_reference_id = "Matter 17"
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new LegalHoldExport(this, 'sms', {
          integrationId,
          interval,
          channel: Channel.sms(),
          bucket,
          role,
          hold: { name: 'Acme v. Example', externalReferenceId: 'Matter 17' },
        });`,
    },
  ],
  sources: [{ title: 'A format of this product. The public API of Genesys Cloud knows no reference id of a hold.' }],
  check: (facts) => facts.holds.map((hold) => check(facts, hold)),
};

function check(facts: Facts, hold: HoldFact): Answered {
  const { externalReferenceIdPattern: given } = facts;
  const { address, externalReferenceId: id } = hold;
  const evidence =
    id.known && id.value !== null ? [{ origin: id.origin, what: 'external_reference_id', text: id.value }] : [];
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject: placeOf(hold, 'external_reference_id'),
    message,
    evidence,
    remedy,
  });
  const unknown = (why: string): Answered =>
    answer(
      'unknown',
      `Unknown whether the reference id of ${address} has the agreed format: ${why}.`,
      'Write the id as a literal.',
    );
  if (!id.known) return unknown(`external_reference_id ${id.why}`);
  if (id.value === null)
    return answer('pass', `The hold ${address} has no reference id, so there is nothing to agree on.`);
  if (id.value.includes('${')) return unknown(`external_reference_id is ${id.value}, whose value is not known yet`);
  if (!given.known) return unknown(`external_reference_id_pattern ${given.why}`);
  const pattern = given.value ?? REFERENCE_ID;
  if (patternProblem(pattern) !== undefined) {
    const message = `The provider's external_reference_id_pattern is not a regular expression: ${given.value}.`;
    return answer(
      'fail',
      message,
      `Leave external_reference_id_pattern out of the provider block, or write a regular expression such as:\n  ${argument(facts, hold, 'external_reference_id_pattern', REFERENCE_ID)}`,
    );
  }
  const problem = referenceIdProblem(id.value, pattern);
  if (problem === undefined) return answer('pass', `The reference id of ${address} has the agreed format.`);
  const message = `The reference id of ${address}, ${JSON.stringify(id.value)}, ${problem}.`;
  const suggestion = proposal(id.value, pattern);
  const remedy =
    suggestion === null
      ? `Write an id that matches ${pattern}.`
      : `Write ${argument(facts, hold, 'external_reference_id', suggestion)}.`;
  return answer('fail', message, remedy);
}

/** The given id with what is not allowed replaced by hyphens, if that helps. */
function proposal(id: string, pattern: string): string | null {
  const words = id.slice(0, LONGEST_PROPOSED).split(/[^A-Za-z0-9._:]+/);
  const cleaned = words
    .filter((word) => word !== '')
    .join('-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
  return cleaned !== '' && referenceIdProblem(cleaned, pattern) === undefined ? cleaned : null;
}
