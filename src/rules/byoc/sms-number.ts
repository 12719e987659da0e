import type { ExportFact, Facts, SmsNumberFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The SMS numbers in scope are active and bound to their integration. */
export const smsNumber: Rule<'byoc/sms-number'> = {
  id: 'byoc/sms-number',
  severity: 'warn',
  moments: ['live'],
  looksAt: 'status and integration of the SMS numbers that an export of SMS covers',
  cause:
    'A number of a carrier of one’s own that is not active, or bound to no integration, delivers nothing: conversations that a matter needs do not come into being, and nobody is told. What it carried before is exported and held all the same.',
  remedy: 'Finish the provisioning of the number, and import it with the integration of its carrier.',
  check: (facts) => inScope(facts).map(check),
};

function check(fact: SmsNumberFact): Answered {
  const { address, number, status, supportsSms, providedByGenesys, integrationId } = fact;
  const who = `The SMS number ${number.known ? number.value : address}`;
  const answer = (outcome: Answered['status'], message: string, remedy = ''): Answered => ({
    status: outcome,
    subject: placeOf(fact),
    message,
    evidence: status.known ? [{ origin: status.origin, what: 'phoneNumberStatus', text: status.value }] : [],
    remedy,
  });
  const until = 'No new conversation comes over it; earlier ones are exported all the same.';
  if (status.known && status.value !== 'ACTIVE') {
    const unbound = providedByGenesys.known && !providedByGenesys.value && integrationId.known && !integrationId.value;
    return answer(
      'fail',
      `${who} is ${status.value}${unbound ? ' and bound to no integration' : ''}. ${until}`,
      unbound
        ? `Import ${number.known ? number.value : 'the number'} with the integration of its carrier (Admin > Message > SMS Number Inventory), and wait until it is ACTIVE.`
        : 'Finish its provisioning with the carrier (Admin > Message > SMS Number Inventory).',
    );
  }
  if (supportsSms.known && !supportsSms.value) {
    return answer('fail', `${who} does not take SMS. ${until}`, 'Have SMS enabled for it by its carrier.');
  }
  if (providedByGenesys.known && !providedByGenesys.value && integrationId.known && integrationId.value === null) {
    return answer(
      'fail',
      `${who} comes from a carrier of your own and is bound to no integration. ${until}`,
      'Import it again with the integration of its carrier (Admin > Message > SMS Number Inventory).',
    );
  }
  const missing = [status, supportsSms, providedByGenesys, integrationId].find(({ known }) => !known);
  if (missing !== undefined && !missing.known) {
    return answer(
      'unknown',
      `Unknown whether ${number.known ? `${who.replace(/^The/, 'the')} is` : `${address} are`} active and bound: their state ${missing.why}.`,
      'Give the OAuth client sms:phoneNumber:view.',
    );
  }
  const bound = integrationId.known && integrationId.value !== null ? ' and bound to its integration' : '';
  return answer('pass', `${who} is active${bound}.`);
}

/** All numbers, unless the exports of SMS name some of them by address. */
function inScope({ exports, smsNumbers = [] }: Facts): readonly SmsNumberFact[] {
  const covering = exports.filter(coversSms);
  if (covering.length === 0) return exports.length === 0 ? smsNumbers : [];
  const scopes = covering.map(({ addressFrom, addressTo }) => {
    const named = [addressFrom, addressTo].flatMap((one) =>
      one?.known === true && one.value !== null ? [one.value] : [],
    );
    return smsNumbers.filter(({ number }) => !number.known || named.includes(number.value));
  });
  // An address that is none of one's own numbers is somebody else's, and says nothing about which number was used.
  return scopes.some((some) => some.length === 0) ? smsNumbers : [...new Set(scopes.flat())];
}

function coversSms({ mediaTypes, messageTypes }: ExportFact): boolean {
  if (messageTypes.known && messageTypes.value.length > 0) return messageTypes.value.includes('sms');
  return !mediaTypes.known || mediaTypes.value.length === 0 || mediaTypes.value.includes('message');
}
