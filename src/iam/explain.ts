/** Answers in words. */
import type { Answer } from './evaluate';
import type { Grounds } from './layer';
import { statementName } from './document';
import { kindInWords } from './policy-kinds';
import type { Question } from './question';
import { describeBlocker } from './truth';

/** One sentence that says what was decided and why: `Denied by statement "DenyTagging" of the bucket policy guard.` */
export function explain(answer: Answer, question: Question): string {
  const what = `${question.action} on ${resourceInWords(question)}`;
  switch (answer.decision) {
    case 'Allowed':
      return `${what} is allowed by ${answer.grounds.map(nameGrounds).join(' and ')}.`;
    case 'ExplicitlyDenied':
      return `${what} is denied by ${answer.grounds.map(nameGrounds).join(' and ')}.`;
    case 'ImplicitlyDenied':
      return `${what} is not allowed: no statement${ofPolicies(answer)} allows it.`;
    case 'Unknown':
      return `${what} cannot be decided because of ${answer.blockers.map(describeBlocker).join('; and ')}.`;
  }
}

/** ` of the bucket policy, nor of the permissions boundary`; empty where no kind of policy is to be named. */
function ofPolicies({ lacking }: Answer): string {
  return lacking.length === 0 ? '' : ` of the ${lacking.map(kindInWords).join(', nor of the ')}`;
}

/** `statement "Tag" of the identity policy aws_iam_role_policy.tagging`. */
export function nameGrounds({ policy, statement }: Grounds): string {
  const whole = `the ${kindInWords(policy.kind)} ${policy.name}`;
  return statement === null ? whole : `${statementName(statement)} of ${whole}`;
}

/** The resource of a question in words: `every arn:aws:s3:::recordings/*`. */
export function resourceInWords(question: Question): string {
  return 'every' in question.resource ? `every ${question.resource.every}` : question.resource.exactly;
}
