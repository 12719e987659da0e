import type { TrunkContactFact, TrunkFact } from '../../facts';
import type { Answered, Evidence, Rule } from '../rule';
import { placeOf } from '../wording';

/** The trunks that were named are registered and in service. */
export const sipRegistration: Rule<'byoc/sip-registration'> = {
  id: 'byoc/sip-registration',
  severity: 'warn',
  moments: ['live'],
  title: 'the trunks named are registered and in service',
  looksAt: [
    'Whether each trunk that was named is switched on, in service, registered with its carrier, and gets answers to its OPTIONS requests. A trunk that does not register, because the carrier knows it by its address, passes when it is in service.',
  ],
  why: [
    'Calls over a trunk that is not registered fail. They are not recorded, so they are missing in what is exported and held.',
    'A trunk carries calls and nothing else. No SMS and no exported file passes one: an SMS export that fails has another cause, and so has an HTTP 500 of the API.',
  ],
  remedy: [
    'Correct credentials, address or transport together with the carrier, and put the trunk into service. The finding quotes what the carrier answered.',
  ],
  compliant: [
    {
      language: 'console',
      text: `$ genesyscloud-compliance preflight --trunk-id 4a3b2c1d-0e9f-4b8a-9c7d-6e5f4a3b2c1d`,
    },
  ],
  nonCompliant: [],
  sources: [
    {
      title: 'Telephony API of Genesys Cloud: trunks',
      url: 'https://developer.genesys.cloud/devapps/api-explorer-standalone#get-api-v2-telephony-providers-edges-trunks--trunkId-',
    },
  ],
  check: (facts) => (facts.trunks ?? []).map(check),
};

function check(trunk: TrunkFact): Answered {
  const { address, name, enabled, inService, registers, contacts } = trunk;
  const who = `The trunk ${name.known ? `${name.value} (${address})` : address}`;
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject: placeOf(trunk),
    message,
    evidence: evidenceOf(trunk),
    remedy,
  });
  const calls = 'Calls over it fail and are not recorded; SMS does not pass a trunk.';
  if (enabled.known && !enabled.value) {
    return answer(
      'fail',
      `${who} is switched off. ${calls}`,
      `Enable the trunk ${address} (Admin > Telephony > Trunks).`,
    );
  }
  const silent = contacts.known ? contacts.value.filter(({ answered }) => !answered) : [];
  const unregistered = silent.filter(({ method }) => method === 'REGISTER');
  const [worst] = unregistered.length > 0 ? unregistered : silent;
  if (worst !== undefined) {
    return answer('fail', `${who} ${inWords(worst)}. ${calls}`, remedyFor(worst));
  }
  if (inService.known && !inService.value) {
    return answer(
      'fail',
      `${who} is not in service. ${calls}`,
      `Put the trunk ${address} into service, and look at the state of its Edge (Admin > Telephony).`,
    );
  }
  const missing = [enabled, inService, registers, contacts].find(({ known }) => !known);
  if (missing !== undefined && !missing.known) {
    return answer(
      'unknown',
      `Unknown whether ${who.replace(/^The/, 'the')} is registered and in service: its state ${missing.why}.`,
      'Check the id, and give the OAuth client telephony:plugin:all.',
    );
  }
  const registered = registers.known && registers.value;
  if (registered && !(contacts.known && contacts.value.some(({ method }) => method === 'REGISTER'))) {
    return answer(
      'unknown',
      `Unknown whether ${who.replace(/^The/, 'the')} is registered: it registers, and Genesys Cloud says with no proxy.`,
      'Look again in a minute: a trunk that was just changed has no state yet.',
    );
  }
  return answer('pass', `${who} is in service${registered ? ' and registered' : '; it does not register'}.`);
}

function inWords({ method, proxy, error }: TrunkContactFact): string {
  const said = error === '' ? '' : `: ${error.replace(/\.$/, '')}`;
  return method === 'REGISTER' ? `is not registered with ${proxy}${said}` : `gets no answer from ${proxy}${said}`;
}

function remedyFor({ method, proxy }: TrunkContactFact): string {
  return method === 'REGISTER'
    ? `Correct realm, user name and password of the trunk's SIP authentication with the carrier of ${proxy}, or switch registration off if it knows you by address.`
    : `Check that ${proxy} answers OPTIONS requests from Genesys Cloud: its address, port, transport and access list.`;
}

function evidenceOf({ inService, contacts }: TrunkFact): readonly Evidence[] {
  const service = inService.known
    ? [{ origin: inService.origin, what: 'inService', text: String(inService.value) }]
    : [];
  if (!contacts.known) return service;
  return [
    ...service,
    ...contacts.value.map(({ method, proxy, answered, error }) => ({
      origin: contacts.origin,
      what: `${method} to ${proxy}`,
      text: answered ? 'answered' : `not answered${error === '' ? '' : `: ${error}`}`,
    })),
  ];
}
