/** People who approve: each with a key of their own. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { approvalPayload, type ApprovalSubject } from '../../src/register';
import { ed25519Signer, keyIdOf, publicKeyPem, signEnvelope } from '../../src/signing';

const NEVER = new AbortController().signal;
/** Later than every clock of the tests. */
export const IN_TIME = '2099-01-01T00:00:00.000Z';

export class Approver {
  private readonly key: KeyObject = generateKeyPairSync('ed25519').privateKey;
  readonly pem = publicKeyPem(this.key);
  readonly id = keyIdOf(this.key);
  /** PKCS#8, for commands. */
  readonly privatePem = this.key.export({ type: 'pkcs8', format: 'pem' }) as string;

  /** Signs what is shown. */
  approve(subject: ApprovalSubject, expires = IN_TIME): Promise<string> {
    const { type, payload } = approvalPayload(subject, { approved: '2023-01-01T00:00:00.000Z', expires });
    return signEnvelope(type, payload, ed25519Signer(this.key, 'a key of a test'), NEVER);
  }
}
