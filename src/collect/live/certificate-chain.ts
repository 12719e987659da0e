/** Looks at the certificate chain that a host shows, from this machine. Sends nothing but the TLS handshake. */
import { isIP } from 'node:net';
import { type DetailedPeerCertificate, connect } from 'node:tls';
import type { CertificateChainFact } from '../../facts';

/** A handshake that takes longer is given up: SIP gateways let strangers wait. */
const PATIENCE_MS = 5_000;

/**
 * Shakes hands, whatever the certificate, and says what the verification found. Rejects with the connection's error when
 * nobody answers or no TLS is spoken, and with the signal's reason.
 */
export async function inspectChain(host: string, port: number, signal: AbortSignal): Promise<CertificateChainFact> {
  signal.throwIfAborted();
  return await new Promise((resolve, reject) => {
    const name = host.replace(/^\[|\]$/g, '');
    // Nothing is sent over this connection, so there is nothing to protect: it is opened to see what does not verify.
    const socket = connect({
      host: name,
      port,
      rejectUnauthorized: false,
      ...(isIP(name) ? {} : { servername: name }),
    });
    const end = (finish: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      finish();
    };
    const onAbort = (): void => end(() => reject(signal.reason as Error));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.setTimeout(PATIENCE_MS, () => end(() => reject(new Error(`no TLS handshake within ${PATIENCE_MS} ms`))));
    socket.once('error', (error) => end(() => reject(error)));
    socket.once('secureConnect', () => {
      const leaf = socket.getPeerCertificate(true);
      // Typed as an error, and in fact the code of one.
      const error = socket.authorized ? null : String(socket.authorizationError);
      end(() => resolve(verdict(error, leaf)));
    });
  });
}

const EXPIRED_OR_OTHER_NAME = /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ALTNAME|CERT_REVOKED/;
const ISSUER_NOT_FOUND = /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT/;

function verdict(error: string | null, leaf: DetailedPeerCertificate): CertificateChainFact {
  const sent = namesOf(leaf);
  const issuer = leaf.issuer?.CN ?? leaf.issuer?.O ?? 'an unnamed issuer';
  const evidence = `${error ?? 'ok'}; sent: ${sent.join(', ')}; issued by ${issuer}`;
  if (error === null) return { state: 'complete', evidence };
  if (EXPIRED_OR_OTHER_NAME.test(error)) return { state: 'invalid', evidence };
  // One certificate that somebody else has issued: what leads to its root was left out.
  const alone = sent.length === 1 && leaf.subject?.CN !== leaf.issuer?.CN;
  return { state: alone && ISSUER_NOT_FOUND.test(error) ? 'incomplete' : 'untrusted', evidence };
}

/** Subjects of the certificates that were sent, leaf first. The last one points to itself. */
function namesOf(leaf: DetailedPeerCertificate): readonly string[] {
  const names: string[] = [];
  const seen = new Set<DetailedPeerCertificate>();
  for (
    let at: DetailedPeerCertificate | undefined = leaf;
    at?.subject !== undefined && !seen.has(at);
    at = at.issuerCertificate
  ) {
    seen.add(at);
    names.push(String(at.subject.CN ?? at.subject.O ?? 'unnamed'));
  }
  return names;
}
