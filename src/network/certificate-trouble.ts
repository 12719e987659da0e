/** What is wrong with a certificate that a server, or a proxy before it, has shown. Pure. */

/** `chain`: intermediate certificates were not sent. `issuer`: nobody whom this machine trusts has issued it. */
export type CertificateTrouble = 'expired' | 'not-yet-valid' | 'revoked' | 'other-name' | 'chain' | 'issuer';

/** Node's codes and OpenSSL's words for them (nodejs.org/api/tls.html, "X509 certificate error codes"). */
const SAID: readonly (readonly [RegExp, CertificateTrouble])[] = [
  [/CERT_HAS_EXPIRED|certificate has expired/i, 'expired'],
  [/CERT_NOT_YET_VALID|certificate is not yet valid/i, 'not-yet-valid'],
  [/CERT_REVOKED|certificate revoked/i, 'revoked'],
  [/ERR_TLS_CERT_ALTNAME|does not match certificate's altnames/i, 'other-name'],
  [/UNABLE_TO_VERIFY_LEAF_SIGNATURE|unable to verify the first certificate/i, 'chain'],
  [/UNABLE_TO_GET_ISSUER_CERT|unable to get (?:local )?issuer certificate/i, 'chain'],
  [/SELF_SIGNED_CERT|self[- ]signed certificate/i, 'issuer'],
];

/** What the code or the words of a failed connection say about a certificate; undefined when nothing. */
export function certificateTrouble(said: string): CertificateTrouble | undefined {
  return SAID.find(([words]) => words.test(said))?.[1];
}

/**
 * What to do about it, in whole sentences.
 *
 * @param where - who has shown the certificate: an address, or an address and the proxy before it
 * @param rename - how the address is set to the name that the certificate has
 */
export function certificateRemedy(trouble: CertificateTrouble, where: string, rename: string): string {
  switch (trouble) {
    case 'expired':
      return `The certificate of ${where} has expired. Have it renewed there; if it is new, check the clock of this machine.`;
    case 'not-yet-valid':
      return `The certificate of ${where} is not valid yet. Check the clock of this machine; if it is right, have a certificate installed there that is valid now.`;
    case 'revoked':
      return `The certificate of ${where} was revoked by its issuer. Have a new one installed there, and find out why: until then nobody knows who answers.`;
    case 'other-name':
      return `The certificate of ${where} is for another name. ${rename}, or have a certificate installed there for this one.`;
    case 'chain':
      return `${where} does not send its whole certificate chain, or its root is not trusted here. Let it send the intermediate certificates too, or trust its issuer with NODE_EXTRA_CA_CERTS=/path/to/chain.pem. ${KEEP_VERIFYING}`;
    case 'issuer':
      return `${where} shows a certificate of an issuer that is not trusted here. Trust that issuer with NODE_EXTRA_CA_CERTS=/path/to/issuer.pem. ${KEEP_VERIFYING}`;
  }
}

const KEEP_VERIFYING = 'Do not switch verification off: recordings and tokens pass here.';
