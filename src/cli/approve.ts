import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  approvalPayload,
  approversInWords,
  approversOf,
  isLive,
  keysOf,
  type Approvers,
  type ApprovalSubject,
  type ClaimView,
  type Register,
} from '../register';
import { ed25519Signer, KeyProblem, readPrivateKey, signEnvelope, type Signer } from '../signing';
import { parseDuration, systemClock, type Clock } from '../time';
import { filesOutlook } from './approve-files';
import { approvalAsJson, approvalLines } from './approve-words';
import { CommandError, textOf, valuesOf, wholeNumber, type Command, type GivenOptions } from './command';
import { didYouMean } from './nearest';
import { writePrivately } from './private-file';
import { asCommandError, openFor, REGISTER_OPTION, registerAddress } from './register-place';

/** A passphrase is in no list of processes. */
const PASSPHRASE_VARIABLE = 'GENESYSCLOUD_COMPLIANCE_KEY_PASSPHRASE';
const DEFAULT_EXPIRES = '168h';
const LONGEST_MS = 90 * 86_400_000;

/** `genesyscloud-compliance approve` */
export const approve: Command = {
  name: 'approve',
  summary: 'show what a release would let go, and sign that it may',
  details:
    'Reads the register of claims and changes nothing. Shows the claim: its matter, what it covers, what a release would lift, what stays\n' +
    'for how many other claims, who must approve, and the last entry of the register. With --key it signs exactly that, as a DSSE\n' +
    'envelope (Ed25519), and writes it to --out. Add it to release_approvals of the hold, apply, and then release.\n' +
    'An approval is good for one claim as it is now: when something is added to it, or it is adopted again, approve again.\n' +
    '--reason must be the release_reason of the hold. With --change-approvers it is approved that others approve from here on, with\n' +
    '--new-approver and --new-required; without --new-approver that nobody has to.\n' +
    `A key is made with "openssl genpkey -algorithm ed25519 -out key.pem"; the passphrase of an encrypted one is read from\n${PASSPHRASE_VARIABLE}. More: docs/approvals.md.\n` +
    'Exit code: 0 shown, and signed where a key was given; 1 it could not be.',
  examples: [
    'approve --matter MATTER-2026-0017',
    'approve --claim 6f0e… --reason "Acme v. Example was settled on 2026-11-20" --key anna.pem --out anna.json',
    'approve --claim 6f0e… --change-approvers --new-approver anna.pub --new-approver cleo.pub --key bo.pem --out bo.json',
  ],
  options: [
    REGISTER_OPTION,
    { name: 'claim', value: 'ID', description: 'the claim of the hold, its attribute claim_id' },
    { name: 'matter', value: 'NAME', description: 'in place of --claim, where the matter has one live claim' },
    { name: 'reason', value: 'TEXT', description: 'why it may be released: the release_reason of the hold' },
    { name: 'key', value: 'FILE', description: 'private key (PEM) to sign with; without it nothing is signed' },
    { name: 'out', value: 'FILE', description: 'where the approval goes', default: 'the terminal' },
    {
      name: 'expires',
      value: 'DURATION',
      description: 'how long it is good, 90 days at most',
      default: DEFAULT_EXPIRES,
    },
    { name: 'change-approvers', description: 'approve that others approve from here on, and not a release' },
    { name: 'new-approver', value: 'FILE', repeated: true, description: 'public key (PEM) of one of them' },
    { name: 'new-required', value: 'N', description: 'how many of them must sign', default: '2' },
    { name: 'all-holds-adopted', description: 'count as the provider does with all_holds_adopted = true' },
    { name: 'json', description: 'for programs: what is shown, and the approval where it was signed' },
  ],
  async run(options, terminal) {
    const what = actionOf(options);
    const keyFile = textOf(options, 'key');
    if (keyFile !== undefined && what.action === 'release' && what.reason === undefined) {
      throw new CommandError('To sign a release, approve needs --reason TEXT: the release_reason of the hold.');
    }
    const times = timesOf(options, systemClock);
    const signer = keyFile === undefined ? undefined : signerOf(keyFile);
    const register = await openFor(await registerAddress(options), terminal.signal);
    const claim = claimOf(register, options);
    const { signal } = terminal;
    return asCommandError(async () => {
      const subject = await register.approvalSubject(
        claim,
        what.action,
        { reason: what.reason ?? '', approvers: what.approvers },
        signal,
      );
      if (signer !== undefined) refuseStranger(claim, signer);
      const outlook = await outlookOf(register, claim, options['all-holds-adopted'] === true, signal);
      const files = outlook === undefined ? await filesOutlook(register, claim, signal) : null;
      const shown = { register, claim, subject, outlook, files, times, approvers: what.approvers, signer };
      const asJson = options['json'] === true;
      const file = textOf(options, 'out');
      // Beside the approval, which alone goes to the output.
      if (!asJson) (signer === undefined ? terminal.out : terminal.err)(`${approvalLines(shown).join('\n')}\n`);
      const text = signer === undefined ? undefined : await signed(subject, times, signer, signal);
      if (text !== undefined && file !== undefined) {
        await writePrivately(file, text, terminal);
        const digest = createHash('sha256').update(text).digest('hex');
        terminal.err(`Signed, and written to ${file} (SHA-256 ${digest}).\n`);
      }
      if (asJson) terminal.out(`${JSON.stringify(approvalAsJson(shown, text ?? null), null, 2)}\n`);
      else if (text !== undefined && file === undefined) terminal.out(text);
      return 0;
    });
  },
};

async function signed(
  subject: ApprovalSubject,
  times: Parameters<typeof approvalPayload>[1],
  signer: Signer,
  signal: AbortSignal,
): Promise<string> {
  const { type, payload } = approvalPayload(subject, times);
  return signEnvelope(type, payload, signer, signal);
}

/** What is to be approved. */
interface Action {
  readonly action: ApprovalSubject['action'];
  readonly reason: string | undefined;
  /** Those that come; null for a release, and where nobody has to approve any more. */
  readonly approvers: Approvers | null;
}

function actionOf(options: GivenOptions): Action {
  const reason = textOf(options, 'reason');
  const files = valuesOf(options, 'new-approver');
  if (options['change-approvers'] !== true) {
    if (files.length > 0) throw new CommandError('--new-approver needs --change-approvers.');
    return { action: 'release', reason, approvers: null };
  }
  if (files.length === 0) return { action: 'change-approvers', reason, approvers: null };
  const required = wholeNumber('new-required', textOf(options, 'new-required') ?? '2', 1, files.length);
  return { action: 'change-approvers', reason, approvers: newApprovers(files, required) };
}

function newApprovers(files: readonly string[], required: number): Approvers {
  try {
    return approversOf(
      files.map((file) => read(file, 'new-approver')),
      required,
    );
  } catch (error) {
    if (error instanceof KeyProblem || error instanceof RangeError) {
      throw new CommandError(`--new-approver: ${error.message}`);
    }
    throw error;
  }
}

function timesOf(
  options: GivenOptions,
  clock: Pick<Clock, 'now'>,
): { readonly approved: string; readonly expires: string } {
  const text = textOf(options, 'expires') ?? DEFAULT_EXPIRES;
  const length = parseDuration(text);
  if (length === undefined || length <= 0 || length > LONGEST_MS) {
    throw new CommandError(`--expires takes a duration of at most 90 days, such as 72h or P7D; "${text}" is not one.`);
  }
  const now = clock.now();
  return { approved: new Date(now).toISOString(), expires: new Date(now + length).toISOString() };
}

function signerOf(file: string): Signer {
  try {
    return ed25519Signer(readPrivateKey(read(file, 'key'), file, process.env[PASSPHRASE_VARIABLE] || undefined), file);
  } catch (error) {
    if (error instanceof KeyProblem) throw new CommandError(`--key: ${error.message}`);
    throw error;
  }
}

function read(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`--${option}: ${file} cannot be read: ${(error as Error).message}`);
  }
}

function claimOf(register: Register, options: GivenOptions): ClaimView {
  const [id, matter] = [textOf(options, 'claim'), textOf(options, 'matter')];
  if ((id === undefined) === (matter === undefined))
    throw new CommandError('approve needs --claim ID or --matter NAME.');
  const all = [...register.view.claims.values()];
  if (id !== undefined) {
    const claim = register.view.claims.get(register.latest(id));
    if (claim === undefined) {
      throw new CommandError(`The register at ${register.place} has no claim ${id}. "holds" names all claims.`);
    }
    if (!isLive(claim))
      throw new CommandError(`Claim ${claim.id} was released at ${claim.until ?? 'an unknown time'}.`);
    return claim;
  }
  const found = all.filter((claim) => isLive(claim) && claim.key.matter === matter);
  const [first, ...others] = found;
  if (first === undefined) {
    const known = [...new Set(all.filter(isLive).map(({ key }) => key.matter))];
    throw new CommandError(
      `The register at ${register.place} has no live claim of a matter "${matter}".${didYouMean(matter ?? '', known)}`,
    );
  }
  if (others.length > 0) {
    throw new CommandError(
      `The matter "${matter}" has ${found.length} live claims, and each is approved by itself. Name one with --claim:\n${found.map(({ id: one, key }) => `  ${one}  ${key.resourceType} "${key.name}"`).join('\n')}`,
    );
  }
  return first;
}

/** Whose signature would count for nothing is told before he signs. */
function refuseStranger({ id, approvers }: ClaimView, { keyId, place }: Signer): void {
  if (approvers === null || keysOf(approvers).has(keyId)) return;
  throw new CommandError(
    `Nothing was signed: the key ${place} (${keyId}) is not among the ${approversInWords(approvers)} that may approve the release of claim ${id}.`,
  );
}

/** What a release would do, counted by the register; undefined for files, see {@link filesOutlook}. */
async function outlookOf(
  register: Register,
  claim: ClaimView,
  allHoldsAdopted: boolean,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<Register['outlook']>> | undefined> {
  if (claim.parts.some(({ kind }) => kind === 'files')) return undefined;
  const covered = await register.conversations(claim, signal);
  return register.outlook(claim, covered, signal, { allHoldsAdopted });
}
