import type { ExportFact, Facts, SmsNumberFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The SMS numbers in scope are active and bound to their integration. */
export const smsNumber: Rule<'byoc/sms-number'> = {
  id: 'byoc/sms-number',
  severity: 'warn',
  moments: ['live'],
  title: 'the SMS numbers in scope are active and bound to their integration',
  looksAt: [
    'Status and integration of the SMS numbers of the organization: of those that an export names by `address_from` or `address_to`, else of all. Exports that do not cover SMS are left out.',
  ],
  why: [
    'A number of a carrier of your own that is not `ACTIVE`, or not bound to an integration, delivers nothing. Conversations that a matter needs do not come into being, and nothing reports it. What the number carried before is exported and held all the same.',
    'These numbers have nothing to do with SIP trunks: they belong to an integration of their own.',
  ],
  remedy: ['Finish the provisioning, or import the number with the integration of its carrier.'],
  compliant: [
    {
      language: 'console',
      text: `$ genesyscloud-compliance preflight --message-type sms --address-to +13175550100`,
    },
  ],
  nonCompliant: [],
  sources: [
    {
      title: 'Routing API of Genesys Cloud: SMS phone numbers',
      url: 'https://developer.genesys.cloud/devapps/api-explorer-standalone#get-api-v2-routing-sms-phonenumbers',
    },
  ],
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
