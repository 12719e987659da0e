import type { Facts } from '../../facts';
import { type Assignment, assignmentsOf, mayDo, objectsArn } from '../permission';
import { addStatements, statementToAdd, stopDenying } from '../policy-remedies';
import type { Answered, Rule } from '../rule';
import { bucketDetail, lackingInWords, placeForStatement, placeOf, unseenDuty } from '../wording';

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
      ...unseen.map(({ duty, why }) => unseenDuty(duty, why, 'exported objects can be tagged')),
    ];
  },
};

function check(facts: Facts, assignment: Assignment): Answered {
  const { role, bucket, duty } = assignment;
  const objects = objectsArn(assignment);
  const about = { subject: placeOf(role), detail: bucketDetail(bucket, duty) };
  if (objects === null) {
    const why = bucket.name.known ? '' : bucket.name.why;
    const message = `Unknown whether exported objects can be tagged: the name of the bucket ${bucket.address} ${why}.`;
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
  const grant = { sid: 'TagExportedObjects', actions: [ACTION], resource: objects };
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
        remedy: stopDenying(ACTION, evidence, role),
      };
    case 'ImplicitlyDenied':
      return {
        ...about,
        status: 'fail',
        message: `${who} is not allowed ${ACTION} on every ${objects}: ${lackingInWords(answer.lacking)}.`,
        evidence,
        remedy: addStatements(answer.lacking, role, grant),
      };
    case 'Unknown':
      return {
        ...about,
        status: 'unknown',
        message: `Unknown whether ${role.address}, the role that tags exported objects, is allowed ${ACTION} on every ${objects} because of ${blockedBy}.`,
        evidence,
        remedy: `Make it visible, or add this statement to ${placeForStatement(role)} and make sure that nothing denies it:\n${statementToAdd(grant)}`,
      };
  }
}
