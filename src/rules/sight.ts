/** What to do where it is unknown whether a role is allowed something. */
import type { Facts } from '../facts';
import type { Asked, Permission } from './permission';
import { type Grant, addToRole } from './policy-remedies';
import type { Evidence } from './rule';
import { stopDenying } from './statement-exceptions';
import { parsed } from './statement-json';
import { describeBlockers } from './undecided';

/** A statement that perhaps denies is told to let the role through; what is only known later is built from what is known now. */
export function makeKnown(facts: Facts, asked: Asked, grant: Grant, { evidence, answer }: Permission): string {
  const denials = evidence.filter(isDenial);
  if (denials.length > 0) return stopDenying(facts, asked, denials);
  const add = addToRole(facts, asked.role, grant);
  if (facts.moment === 'plan' && /after the apply/.test(describeBlockers(answer.blockers))) {
    return [
      `Write the ARNs in that policy from the name of the bucket, ${grant.resource}, instead of referring to what is not made yet: a plan then shows what it says.`,
      'If that cannot be done before the first apply, run this one review with --allow-unknown, and the next one without.',
    ].join('\n');
  }
  return `Make it visible. Or do this, and make sure that nothing denies it:\n${add}`;
}

function isDenial({ text }: Evidence): boolean {
  return parsed(text)['Effect'] === 'Deny';
}
