import { patternProblem, REFERENCE_ID, referenceIdProblem } from '../../words';
import type { Facts, HoldFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** Of a longer id no shorter one is made up. */
const LONGEST_PROPOSED = 200;

/** The reference id of a hold has the agreed format. */
export const externalReferenceId: Rule<'hold/external-reference-id'> = {
  id: 'hold/external-reference-id',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  looksAt: 'external_reference_id of each legal hold, and external_reference_id_pattern of the provider',
  cause:
    'The reference id ties a hold to the matter in other systems. A malformed one is refused when the hold is placed, after the export has run, or is accepted and never found again.',
  remedy:
    'Write an id of up to 64 letters, digits, dots, underscores, colons and hyphens that begins with a letter or digit.',
  check: (facts) => facts.holds.map((hold) => check(facts, hold)),
};

function check({ externalReferenceIdPattern: given }: Facts, hold: HoldFact): Answered {
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
      `Leave external_reference_id_pattern out of the provider block, or write a regular expression such as:\n  external_reference_id_pattern = ${JSON.stringify(REFERENCE_ID)}`,
    );
  }
  const problem = referenceIdProblem(id.value, pattern);
  if (problem === undefined) return answer('pass', `The reference id of ${address} has the agreed format.`);
  const message = `The reference id of ${address}, ${JSON.stringify(id.value)}, ${problem}.`;
  const suggestion = proposal(id.value, pattern);
  const remedy =
    suggestion === null
      ? `Write an id that matches ${pattern}.`
      : `Write external_reference_id = ${JSON.stringify(suggestion)}.`;
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
