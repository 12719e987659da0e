import type { Facts } from '../facts';
import {
  type Assignment,
  assignmentsOf,
  mayDo,
  objectsArn,
  originText,
  placeForStatement,
  statementToAdd,
} from '../permission';
import type { Answered, Rule } from '../rule';

const ACTION = 's3:PutObjectTagging';

/** The role that tags exported objects may do so on every one of them. */
export const putObjectTagging: Rule<'iam/put-object-tagging'> = {
  id: 'iam/put-object-tagging',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  looksAt:
    'identity policies, permissions boundary and service control policies of the role that tags, and the bucket policy',
  cause:
    'Tags mark exported objects as held. Genesys Cloud does not set them; the role that does needs s3:PutObjectTagging on every exported object, or the job that tags fails halfway with AccessDenied.',
  remedy: 'Allow s3:PutObjectTagging on the objects of the bucket, and remove what denies it.',
  check: (facts) => {
    const { seen, unseen } = assignmentsOf(facts, 'tag');
    return [
      ...seen.map((assignment) => check(facts, assignment)),
      ...unseen.map(({ duty, why }): Answered => ({
        status: 'unknown',
        subject: duty.origin,
        ...(duty.prefix === '' ? {} : { detail: duty.prefix }),
        message: `Whether exported objects can be tagged cannot be told: ${why}.`,
        evidence: [],
        remedy: `Name the role that tags and the bucket at ${originText(duty.origin)}, in a way that can be followed to its policies; or check the accounts themselves.`,
      })),
    ];
  },
};

function check(facts: Facts, assignment: Assignment): Answered {
  const { role, bucket, duty } = assignment;
  const objects = objectsArn(assignment);
  const about = {
    subject: {
      address: role.address,
      ...(role.constructPath === undefined ? {} : { constructPath: role.constructPath }),
    },
    detail: duty.prefix === '' ? bucket.address : `${bucket.address}/${duty.prefix}`,
  };
  if (objects === null) {
    const why = bucket.name.known ? '' : bucket.name.why;
    const message = `Whether exported objects can be tagged cannot be told: the name of the bucket ${bucket.address} ${why}.`;
    return {
      ...about,
      status: 'unknown',
      message,
      evidence: [],
      remedy: `Give the bucket ${bucket.address} a literal name.`,
    };
  }
  const { answer, evidence, blockedBy } = mayDo(facts, { role, bucket, action: ACTION, resource: { every: objects } });
  const who = `The role that tags exported objects, ${role.address},`;
  const statement = statementToAdd('TagExportedObjects', [ACTION], objects);
  switch (answer.decision) {
    case 'Allowed':
      return {
        ...about,
        status: 'pass',
        message: `${who} is allowed ${ACTION} on every ${objects}.`,
        evidence,
        remedy: '',
      };
    case 'ExplicitlyDenied':
      return {
        ...about,
        status: 'fail',
        message: `${who} is denied ${ACTION} on ${objects}: ${evidence[0]?.what ?? 'a statement'} denies it, and a Deny wins over every Allow.`,
        evidence,
        remedy: `Remove ${ACTION} from ${evidence[0]?.what ?? 'that statement'}, or except the role ${role.address} from it.`,
      };
    case 'ImplicitlyDenied':
      return {
        ...about,
        status: 'fail',
        message: `${who} is not allowed ${ACTION} on every ${objects}: ${lacking(answer.lacking)}`,
        evidence,
        remedy: remedyFor(answer.lacking, placeForStatement(role), statement),
      };
    case 'Unknown':
      return {
        ...about,
        status: 'unknown',
        message: `Whether ${role.address}, the role that tags exported objects, is allowed ${ACTION} on every ${objects} cannot be told because of ${blockedBy}.`,
        evidence,
        remedy: `Make it visible, or add this statement to ${placeForStatement(role)} and make sure that nothing denies it:\n${statement}`,
      };
  }
}

const WORDS: Readonly<Record<string, string>> = {
  identity: 'identity policies of the role',
  boundary: 'permissions boundary of the role',
  session: 'session policy',
  scp: 'service control policies of the account',
  bucket: 'bucket policy',
};

function lacking(kinds: readonly string[]): string {
  return `the ${kinds.map((kind) => WORDS[kind] ?? kind).join(' and the ')} ${kinds.length === 1 && kinds[0] !== 'identity' && kinds[0] !== 'scp' ? 'does' : 'do'} not allow it.`;
}

function remedyFor(kinds: readonly string[], place: string, statement: string): string {
  const others = kinds.filter((kind) => kind !== 'identity').map((kind) => WORDS[kind] ?? kind);
  const places = [...(kinds.includes('identity') ? [place] : []), ...others.map((words) => `the ${words}`)];
  return `Add this statement to ${places.join(' and to ')}:\n${statement}`;
}
