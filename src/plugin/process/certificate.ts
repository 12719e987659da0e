/**
 * The self-signed certificate of one provider process. Node has no builder for it, and the packages that have one load
 * for longer than the whole rest of the handshake takes.
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, context, der, integer, octets, oid, sequence, set, time, utf8 } from './der';

/** A key and the certificate for it. */
export interface Certificate {
  /** PKCS #8, PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** The same certificate as it travels in the handshake. */
  readonly der: Buffer;
}

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const COMMON_NAME = '2.5.4.3';
const KEY_USAGE = '2.5.29.15';
const ALTERNATIVE_NAME = '2.5.29.17';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const DIGITAL_SIGNATURE = Buffer.of(0x03, 0x02, 0x07, 0x80);
const TRUE = Buffer.of(0x01, 0x01, 0xff);
const DNS_NAME = 0x82;

/**
 * Makes a P-256 key and a certificate for `localhost`: the name Terraform checks, whatever the address.
 *
 * @param now milliseconds since the epoch; the certificate is valid from a minute before, for clocks that step back
 */
export function createCertificate(now: number): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(oid(COMMON_NAME), utf8('localhost'))));
  const extensions = sequence(
    sequence(oid(KEY_USAGE), TRUE, octets(DIGITAL_SIGNATURE)),
    sequence(oid(EXTENDED_KEY_USAGE), octets(sequence(oid(SERVER_AUTH), oid(CLIENT_AUTH)))),
    sequence(oid(ALTERNATIVE_NAME), octets(sequence(der(DNS_NAME, Buffer.from('localhost', 'latin1'))))),
  );
  const version3 = context(0, integer(Buffer.of(2)));
  const serial = randomBytes(16);
  // A DER integer is written in as few bytes as possible, so the first one must not be zero.
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  const body = sequence(
    version3,
    integer(serial),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(new Date(now - MINUTE_MS)), time(new Date(now + 10 * YEAR_MS))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    context(3, extensions),
  );
  const certificate = sequence(body, ECDSA_WITH_SHA256, bits(sign('sha256', body, privateKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    der: certificate,
  };
}
