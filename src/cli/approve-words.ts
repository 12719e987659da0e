/** What `approve` shows before somebody signs it: everything that the signature stands for. */
import {
  approversInWords,
  coveredAtMost,
  keysOf,
  placesOf,
  type Approvers,
  type ApprovalSubject,
  type ClaimView,
  type Register,
} from '../register';
import type { Signer } from '../signing';
import { counted, number } from '../words';
import type { FilesOutlook } from './approve-files';

/** What is shown. */
export interface Shown {
  readonly register: Register;
  readonly claim: ClaimView;
  readonly subject: ApprovalSubject;
  /** What a release would do now; undefined for files. */
  readonly outlook: Awaited<ReturnType<Register['outlook']>> | undefined;
  /** The same for files; null for conversations. */
  readonly files: FilesOutlook | null;
  readonly times: { readonly approved: string; readonly expires: string };
  /** Those who approve from here on; null for a release, and where nobody has to any more. */
  readonly approvers: Approvers | null;
  readonly signer: Signer | undefined;
}

/** A line each, the name of the field in a column of its own. */
export function approvalLines(shown: Shown): readonly string[] {
  const { register, claim, subject, times, signer } = shown;
  const { key, since, actor } = claim;
  const head = register.head;
  const isRelease = subject.action === 'release';
  return [
    isRelease ? 'Release of a claim' : 'Change of those who must approve the release of a claim',
    '',
    ...field('matter', [`${key.matter} (organization ${key.organization})`]),
    ...field('hold', [`${key.resourceType} "${key.name}" (${key.holdApi})`]),
    ...field('claim', [`${claim.id}, epoch ${claim.epoch}, revision ${claim.revision}`, `since ${since}, by ${actor}`]),
    ...field('covers', [coversOf(claim), `digest ${subject.scope}`]),
    ...(isRelease ? field('release', releaseLines(shown)) : field('from now', [newApprovers(shown.approvers)])),
    ...field('reason', [subject.reason === '' ? 'none was given (--reason)' : subject.reason]),
    ...field('approvers', approverLines(claim, signer)),
    ...field('register', [
      `${register.place} (id ${subject.register})`,
      head === null ? 'empty' : `last entry ${number(head.number)}, SHA-256 ${head.sha256}`,
    ]),
    ...(signer === undefined
      ? ['', 'Nothing was signed. Compare this with the case file, and sign it with --key FILE and --reason TEXT.']
      : field('signed', [`with ${signer.place} (key ${signer.keyId})`, `good until ${times.expires}`])),
  ];
}

/** The same for programs. `approval` is the text of the envelope; null where nothing was signed. */
export function approvalAsJson(
  { register, claim, subject, outlook, files, times, signer }: Shown,
  approval: string | null,
): object {
  const { approvers } = claim;
  return {
    version: 1,
    subject,
    covered: { count: coveredAtMost(claim), places: placesOf(claim), heldCount: claim.held },
    outlook:
      outlook === undefined
        ? null
        : {
            lifts: outlook.lifts.size,
            stay: outlook.stay.size,
            otherClaims: outlook.others.length,
            before: outlook.before.size,
            unknown: outlook.unknown.size,
          },
    files:
      files === null
        ? null
        : {
            lifts: files.placed - files.stay,
            stay: files.stay,
            otherClaims: files.others,
            isComplete: files.isComplete,
          },
    approvers: approvers === null ? null : { required: approvers.required, keyIds: [...keysOf(approvers).keys()] },
    register: { id: register.id, place: register.place, head: register.head },
    signedBy: signer?.keyId ?? null,
    expires: signer === undefined ? null : times.expires,
    approval,
  };
}

function coversOf(claim: ClaimView): string {
  const covered = coveredAtMost(claim);
  const seen = claim.held === null ? 'not all were seen held yet' : `${number(claim.held)} were seen held`;
  if (covered === null) return `files in ${placesOf(claim).join(', ')}; ${seen}`;
  return `${counted(covered, 'conversation')}; ${seen}`;
}

function releaseLines({ outlook, files }: Shown): readonly string[] {
  if (outlook === undefined) {
    const { placed = 0, stay = 0, others = 0, isComplete = false } = files ?? {};
    return [
      `${counted(placed - stay, 'version')} of files would no longer be locked, by the journal of the hold`,
      ...(stay === 0 ? [] : [`${number(stay)} stay locked for ${counted(others, 'other claim')}`]),
      ...(isComplete ? [] : ['there may be more: the register does not have the whole journal of this hold']),
    ];
  }
  const { lifts, stay, others, before, unknown } = outlook;
  return [
    `${counted(lifts.size, 'conversation')} would no longer be held`,
    ...(stay.size === 0 ? [] : [`${number(stay.size)} stay held for ${counted(others.length, 'other claim')}`]),
    ...(before.size === 0 ? [] : [`${number(before.size)} stay held because they were held before`]),
    ...(unknown.size === 0
      ? []
      : [`${number(unknown.size)} stay held because it is unknown whether they were held before`]),
  ];
}

function newApprovers(approvers: Approvers | null): string {
  if (approvers === null) return 'nobody has to approve any more';
  return `${approversInWords(approvers)}: ${[...keysOf(approvers).keys()].join(', ')}`;
}

function approverLines({ approvers }: ClaimView, signer: Signer | undefined): readonly string[] {
  if (approvers === null) return ['none are pinned in this claim'];
  const ids = [...keysOf(approvers).keys()];
  return [
    `${approversInWords(approvers)} must sign`,
    ...ids.map((id) => `${id}${id === signer?.keyId ? ' (this key)' : ''}`),
  ];
}

function field(name: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${(index === 0 ? name : '').padEnd(11)}${line}`);
}
