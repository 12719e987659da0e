/** What a shortfall is called, what it means, and what to do about it. */
import { counted, number } from '../../words';
import type { ShortfallKind } from './kinds';
import type { Shortfall, Standing, Subject } from './standing';

/** A shortfall in words. */
interface ShortfallWords {
  /** Half a sentence that follows the title or stands alone: `3 conversations are not held`. */
  readonly says: (count: string, isOne: boolean, shortfall: Shortfall) => string;
  /** What is the case, and why it matters; sentences. */
  readonly means: string;
  /** What a person should do; sentences. */
  readonly remedy: string;
}

const APPLY_HOLDS = 'Run "terraform plan" and "terraform apply": it holds exactly what is missing.';
const ACCEPT =
  'If this cannot be helped, accept exactly these gaps with accepted_gaps; "genesyscloud-compliance status" prints the block.';
const UNPROTECTED = 'Until they are held, a retention policy or a person can delete them for good.';

const RELEASED_HOW =
  'Held before, not held now, and not released by Terraform: the audit viewer of Genesys Cloud (service Recording) and the OAuth clients with recording permissions show who did it. ';

const WORDS: Readonly<Record<Subject, Partial<Readonly<Record<ShortfallKind, ShortfallWords>>>>> = {
  hold: {
    released: {
      says: (count, one) => `${count} ${was(one)} released outside of Terraform`,
      means: `${RELEASED_HOW}${UNPROTECTED}`,
      remedy: `${APPLY_HOLDS} Then find out who released them and why.`,
    },
    lost: {
      says: (count, one, { thing }) =>
        thing === 'conversation'
          ? `${count} ${one ? 'has' : 'have'} lost recordings that were there before`
          : `${count} that ${was(one)} there before ${is(one)} gone`,
      means: 'Recordings that were exported or held once are gone from Genesys Cloud. A hold cannot bring them back.',
      remedy: `Find out who deleted them: a retention policy, an erasure request, or a person. Look for the exported files. ${ACCEPT}`,
    },
    failed: {
      says: (count) => `${count} could not be held`,
      means: `Genesys Cloud refused, or the apply was cut short. ${UNPROTECTED}`,
      remedy: `Remove the cause that is named, then apply again: it tries exactly these. ${ACCEPT}`,
    },
    late: {
      says: (count, one) => `${count} came late and ${is(one)} not held`,
      means: `In scope now, and not when the hold was last applied. ${UNPROTECTED}`,
      remedy: APPLY_HOLDS,
    },
    gone: {
      says: (count, one) => `${count} ${is(one)} unknown to Genesys Cloud`,
      means: 'Wrong ids, or conversations that were deleted. There is nothing left to hold.',
      remedy: `Check the ids. If they are right, find out when and why the conversations were deleted. ${ACCEPT}`,
    },
    unprotectable: {
      says: (count, one) => `${count} ${one ? 'has' : 'have'} no recordings that could be protected`,
      means: 'Genesys Cloud knows them and has no recordings of them: deleted, or never recorded.',
      remedy: `Find out whether recordings were deleted, and look for exported files. ${ACCEPT}`,
    },
    unregistered: {
      says: (count, one) => `${count} ${is(one)} held without an entry in the register`,
      means: 'Held, but other matters do not know it: a release for one of them can lift the hold.',
      remedy: 'Make the register reachable, then run "terraform apply": it writes the entry.',
    },
    unexplained: {
      says: (count, one, { count: known }) =>
        known === null ? 'it is not fully held' : `${count} ${is(one)} not held`,
      means: `According to the state less is held than is in scope, and nothing says why. ${UNPROTECTED}`,
      remedy: APPLY_HOLDS,
    },
  },
  'object-hold': {
    released: {
      says: (count) => `${count} lost the legal hold`,
      means:
        'The legal hold was taken off outside of Terraform; CloudTrail shows who did it. Without it a version can be deleted.',
      remedy: `${APPLY_HOLDS} Then find out who released them and why.`,
    },
    lost: {
      says: (count, one) => `${count} that ${was(one)} held ${is(one)} gone`,
      means:
        'Once under legal hold, and no longer in the bucket; CloudTrail shows who deleted it. The journal names every version that was held.',
      remedy: `An apply does not bring deleted versions back: look for copies, and for the recording at Genesys Cloud. ${ACCEPT}`,
    },
    failed: {
      says: (count) => `${count} could not be held, tagged or read`,
      means: 'S3 refused, or the run was cut short. What is not held can be deleted.',
      remedy: `Remove the cause that is named, then apply again: it tries exactly these. ${ACCEPT}`,
    },
    late: {
      says: (count, one) => `${count} came after the hold and ${is(one)} not held`,
      means: 'The export was still writing, or somebody else writes there. Nothing that was held is lost.',
      remedy: 'Run "terraform apply": it tags and locks what came late.',
    },
    absent: {
      says: (count, one) => `${count} of the export ${one ? 'has' : 'have'} no files`,
      means:
        'The export covers them, and no object in the bucket belongs to them: the files are elsewhere, were deleted, or were never written.',
      remedy: `Look at bucket and prefix, and for the recording at Genesys Cloud. ${ACCEPT}`,
    },
    unregistered: {
      says: (count, one) => `${count} ${is(one)} held without an entry in the register`,
      means: 'Held, but other matters do not know it: a release for one of them can lift the hold.',
      remedy: 'Make the register reachable, then run "terraform apply": it writes the entry.',
    },
    unlocked: {
      says: (count, one) => `${count} ${is(one)} not under legal hold`,
      means: 'In scope, and without a legal hold a version can be deleted.',
      remedy:
        'Run "terraform plan" and "terraform apply": legal holds that are missing are put back, and nothing else is touched.',
    },
    untagged: {
      says: (count) => `${count} lack${count.startsWith('1 ') ? 's' : ''} tags`,
      means: 'Whoever looks for the files of the matter by tag does not find them.',
      remedy:
        'Run "terraform plan" and "terraform apply": tags that are missing are put back, and nothing else is touched.',
    },
    unexplained: {
      says: () => 'it is not fully held',
      means: 'According to the state the hold is not active, and nothing says what is missing.',
      remedy: 'Run "terraform plan" and "terraform apply": it looks at all versions again.',
    },
  },
  export: {
    failed: {
      says: (count) => `${count} could not be exported`,
      means:
        'Genesys Cloud could not process them, and gives no reason per recording. There are no files of them. A hold on this export protects their conversations all the same.',
      remedy: `Run "terraform apply": it exports the conversations of these recordings again. ${ACCEPT}`,
    },
    late: {
      says: (count, one) => `${count} came late and ${is(one)} not exported`,
      means: 'In scope now, and not there when the export ran.',
      remedy:
        'Run "terraform apply": it exports what came late. A recording that came to a conversation which was exported already exports that conversation again, which reexported_count counts; nothing else is exported twice.',
    },
    lost: {
      says: (count, one) => `${count} that ${was(one)} exported ${is(one)} gone`,
      means: 'The files were written and are no longer in the bucket, or the recordings are gone from Genesys Cloud.',
      remedy: `Find out who deleted them; CloudTrail shows it. Look for copies. ${ACCEPT}`,
    },
    absent: {
      says: (count, one) => `${count} ${one ? 'has' : 'have'} no files in the bucket`,
      means: 'Exported according to Genesys Cloud, and no object in the bucket belongs to them.',
      remedy: `Look at bucket and prefix of the integration. ${ACCEPT}`,
    },
    unfinished: {
      says: (_, __, { thing: state }) => EXPORT_STATES[state] ?? `it is ${state} and not complete`,
      means:
        'Only an export that is complete, or that names what failed, proves that the files were written. A hold that depends on it waits.',
      remedy:
        'Run "terraform apply": it continues with what is missing, and exports nothing twice. For a job that failed, remove the cause that Genesys Cloud names first.',
    },
  },
};

const EXPORT_STATES: Readonly<Record<string, string>> = {
  failed: 'it failed',
  lost: 'it was not finished, and Genesys Cloud no longer knows its jobs',
  running: 'it is still running, or was cut short',
  growing: 'it is still growing',
  fulfilled: 'Genesys Cloud calls it fulfilled, and files may still be missing',
};

const GENERAL: Partial<Readonly<Record<ShortfallKind, ShortfallWords>>> = {
  unnamed: {
    says: (count, one) => `${count} ${is(one)} of a kind that this version does not know, or not listed in the state`,
    means: 'The resource says that something keeps it from being whole.',
    remedy: `Update this command to the version of the provider, and look at "gaps" of the resource. ${ACCEPT}`,
  },
};

const FALLBACK: ShortfallWords = {
  says: (count, one, { kind }) => `${count} ${is(one)} ${kind}`,
  means: 'It keeps the resource from being whole.',
  remedy: `Run "terraform plan" and "terraform apply". ${ACCEPT}`,
};

/** `2 conversations came late and are not held`. */
export function saysOf({ subject }: Pick<Standing, 'subject'>, shortfall: Shortfall): string {
  const { count, atLeast, thing } = shortfall;
  const amount = count === null ? '' : `${atLeast ? 'at least ' : ''}${counted(count, thing)}`;
  return wordsOf(subject, shortfall.kind).says(amount, count === 1, shortfall);
}

/** What it means, and what to do. Without the resource's address. */
export function explanationOf(
  { subject }: Pick<Standing, 'subject'>,
  { kind }: Pick<Shortfall, 'kind'>,
): Pick<ShortfallWords, 'means' | 'remedy'> {
  const { means, remedy } = wordsOf(subject, kind);
  return { means, remedy };
}

/** `For example: a, b and 40 more.`; empty without examples. */
export function examplesOf({ examples, count, atLeast, reason }: Shortfall): string {
  if (examples.length === 0) return '';
  const why = reason === undefined ? '' : ` Reason: ${reason.replace(/\.$/, '')}.`;
  const more = count === null ? 0 : count - examples.length;
  if (more <= 0 && !atLeast) return `Named: ${examples.join(', ')}.${why}`;
  return `For example: ${examples.join(', ')}${more > 0 ? ` and ${number(more)} more` : ''}.${why}`;
}

function wordsOf(subject: Subject, kind: ShortfallKind): ShortfallWords {
  return WORDS[subject][kind] ?? GENERAL[kind] ?? FALLBACK;
}

function is(one: boolean): string {
  return one ? 'is' : 'are';
}

function was(one: boolean): string {
  return one ? 'was' : 'were';
}
