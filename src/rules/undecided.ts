/** Answers that policies leave open, in one place for all rules. */
import { type Blocker, describeBlocker } from '../iam';
import type { Moment } from '../facts';
import { enumerated } from '../words';
import type { Answered } from './rule';

/** What a rule could not decide. */
export interface Undecided {
  /** Completes "Unknown whether": `the role x is allowed s3:PutObject`. */
  readonly whether: string;
  readonly blockers: readonly Blocker[];
  /** Sentences that follow. */
  readonly more?: string;
  readonly evidence: Answered['evidence'];
  readonly remedy: string;
}

type Answer = Pick<Answered, 'status' | 'cause' | 'message' | 'evidence' | 'remedy'>;

/**
 * Unknown; but a policy that AWS refuses is a mistake whatever was asked of it: the apply ends there. Live there is none, since
 * AWS has taken what it holds.
 */
export function undecided(moment: Moment, { whether, blockers, more = '', evidence, remedy }: Undecided): Answer {
  const refused = blockers.flatMap((one) => (one.kind === 'policy' && one.refused === true ? [one] : []));
  if (moment === 'live' || refused.length === 0) {
    return {
      status: 'unknown',
      message: `Unknown whether ${whether} because of ${describeBlockers(blockers)}.${more}`,
      evidence,
      remedy,
    };
  }
  const whys = [...new Map(refused.map(({ name, why }) => [name, why])).entries()];
  const names = enumerated(whys.map(([name]) => name));
  const are = whys.length === 1 ? `the policy ${names}` : `the policies ${names}`;
  return {
    status: 'fail',
    cause: `refused ${names}`,
    message: `AWS refuses ${are}: ${whys.map(([, why]) => why).join('; ')}. So it is unknown whether ${whether}.${more}`,
    evidence,
    remedy: whys
      .map(([name, why]) => `Correct the policy ${name}: ${why.replace(/^it is malformed: /, '')}`)
      .join('\n'),
  };
}

/** A list that nobody reads to its end helps nobody. */
const MOST_NAMED = 8;

/** Blockers in the middle of a sentence. */
export function describeBlockers(blockers: readonly Blocker[]): string {
  const all = [...new Set(blockers.map(describeBlocker))];
  const more = all.length > MOST_NAMED ? [`${all.length - MOST_NAMED} more`] : [];
  return [...all.slice(0, MOST_NAMED), ...more].join('; and ');
}
