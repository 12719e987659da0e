import type { CertificateChainFact, TlsPeerFact } from '../../facts';
import type { Answered, Evidence, Rule } from '../rule';
import { placeOf } from '../wording';

/** Whoever is talked to over TLS shows a whole certificate chain, and it is verified. */
export const certificateVerification: Rule<'byoc/certificate-verification'> = {
  id: 'byoc/certificate-verification',
  severity: 'warn',
  moments: ['synth', 'plan', 'live'],
  title: 'certificate chains are whole and verified; the remedy is the chain, not switching verification off',
  looksAt: [
    'The servers that are reached over TLS and not run by Genesys Cloud: the carrier behind each trunk that was named, and the `gateway` before the API. Whether they send a whole certificate chain, and whether a setting skips the verification. Live, the chain is looked at from the machine that runs the check; code and plans tell of the gateway whether it is reached over TLS at all.',
  ],
  why: [
    'A gateway that sends its own certificate without the intermediate ones cannot be verified. Switching the verification off seems to help, and lets anybody in between listen: to calls, or to tokens and conversation ids.',
    'For trunks Genesys Cloud has no such switch. SIP over TLS takes, on both sides, a certificate with a chain up to a public root. The chain has no bearing on exports: files go from Genesys Cloud to S3.',
  ],
  remedy: [
    'Let the gateway send its certificate followed by the intermediate ones, in this order. Trust a private issuer with `NODE_EXTRA_CA_CERTS`. Never switch verification off.',
  ],
  compliant: [
    {
      language: 'console',
      caption: 'The file that the gateway should send:',
      text: `$ cat sip.example.net.pem intermediate.pem > chain.pem`,
    },
  ],
  nonCompliant: [
    {
      language: 'console',
      text: `
        $ openssl s_client -connect sip.example.net:5061 -showcerts </dev/null | grep 'Verify return code'
        Verify return code: 21 (unable to verify the first certificate)`,
    },
  ],
  sources: [
    {
      title: 'TLS trunk transport protocol specification (Genesys Cloud)',
      url: 'https://help.mypurecloud.com/articles/tls-trunk-transport-protocol-specification/',
    },
    {
      title: 'NODE_EXTRA_CA_CERTS (Node.js)',
      url: 'https://nodejs.org/api/cli.html#node_extra_ca_certsfile',
    },
  ],
  check: (facts) => (facts.tlsPeers ?? []).map(check),
};

function check(peer: TlsPeerFact): Answered {
  const { address, carries, host, protocol, verificationOff, chain } = peer;
  const at = host.known ? host.value : `the other side of ${address}`;
  const what = carries === 'calls' ? 'Calls' : 'Tokens and requests';
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject: placeOf(peer),
    ...(host.known ? { detail: host.value } : {}),
    message,
    evidence: evidenceOf(peer),
    remedy,
  });
  if (verificationOff.known && verificationOff.value !== null) {
    return answer(
      'fail',
      `The certificate of ${at} is not verified, because of ${verificationOff.value}. ${what} go to whoever answers there.`,
      `Remove ${verificationOff.value}, and let ${at} send its whole chain: its own certificate followed by the intermediate ones.`,
    );
  }
  if (protocol.known && protocol.value === 'plain') {
    if (carries === 'calls')
      return answer('pass', `${at} is reached without TLS, so there is no certificate to verify.`);
    if (host.known && isLoopback(host.value)) return answer('pass', `${at} is on this machine.`);
    return answer(
      'fail',
      `${what} go to ${at} without TLS.`,
      `Set gateway.protocol = "https", with a certificate whose whole chain ${at} sends.`,
    );
  }
  const missing = [protocol, verificationOff, chain].find(({ known }) => !known);
  if (!chain.known || (missing !== undefined && !missing.known)) {
    const why = missing !== undefined && !missing.known ? missing.why : 'is not seen';
    return {
      ...answer(
        'unknown',
        `Unknown whether ${at} shows a whole certificate chain: that ${why}.`,
        `Look from a machine that reaches it: openssl s_client -connect ${host.known ? host.value : 'HOST:5061'} -showcerts must end with "Verify return code: 0 (ok)".`,
      ),
      ...(!chain.known && chain.elsewhere === true ? { beyondPlans: true as const } : {}),
    };
  }
  if (chain.value.state === 'complete') return answer('pass', `${at} shows a whole certificate chain.`);
  return answer('fail', `${at} ${IN_WORDS[chain.value.state]}.`, remedyFor(chain.value.state, at, carries));
}

const IN_WORDS: Readonly<Record<Exclude<CertificateChainFact['state'], 'complete'>, string>> = {
  incomplete: 'does not send its whole certificate chain: an intermediate certificate is missing',
  untrusted: 'shows a certificate whose issuer is not trusted',
  invalid: 'shows a certificate that is not valid for it',
};

function remedyFor(
  state: Exclude<CertificateChainFact['state'], 'complete'>,
  at: string,
  carries: TlsPeerFact['carries'],
): string {
  const never = 'Do not switch verification off.';
  switch (state) {
    case 'incomplete':
      return `Let ${at} send its own certificate followed by the intermediate ones, in one file in this order. ${never}`;
    case 'untrusted':
      return carries === 'calls'
        ? `Give ${at} a certificate of a public authority that Genesys Cloud trusts. ${never}`
        : `Give ${at} a certificate of a public authority, or trust its issuer with NODE_EXTRA_CA_CERTS. ${never}`;
    case 'invalid':
      return `Renew the certificate of ${at}, for this name. ${never}`;
  }
}

function isLoopback(host: string): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?$/.test(host);
}

function evidenceOf({ protocol, chain }: TlsPeerFact): readonly Evidence[] {
  return [
    ...(protocol.known ? [{ origin: protocol.origin, what: 'transport', text: protocol.value }] : []),
    ...(chain.known ? [{ origin: chain.origin, what: 'the certificate chain', text: chain.value.evidence }] : []),
  ];
}
