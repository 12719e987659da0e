/** One seed played: a question about policies with expressions, held against what they turn out to be. */
import { comparePolicies, evaluate, type Question, readPolicy, saySame, type PolicySource } from '../../../src/iam';
import {
  ABSENT,
  ACTION,
  ACCOUNT,
  type Case,
  generateCase,
  generateDocument,
  generateWorld,
  KNOWN,
  type World,
} from './generate';
import { isAllowed } from './oracle';
import { Random } from './random';
import { respelled } from './respell';

/** What was found, and how often it could be looked at. */
export interface Played {
  /** Answers that what turned out contradicts, in words; empty: none. */
  readonly wrong: readonly string[];
  /** Pairs of a question and a world that were looked at. AWS takes no policy with some values: those are left out. */
  readonly pairs: number;
  /** Pairs where the answer was a sure one. */
  readonly sure: number;
}

const WORLDS = 4;

export function play(seed: number): Played {
  const random = new Random(seed);
  const asked = generateCase(random);
  const { decision } = evaluate(asked.policies, questionOf(asked));
  const wrong: string[] = [];
  let pairs = 0;
  for (let at = 0; at < WORLDS; at += 1) {
    const world = generateWorld(random, asked);
    if (!areTaken(world.policies)) continue;
    pairs += 1;
    const allowed = isAllowed(world.policies, { action: ACTION, ...world });
    const isNo = decision === 'ImplicitlyDenied' || decision === 'ExplicitlyDenied';
    if (decision === 'Allowed' && !allowed) wrong.push(told(seed, `Allowed, and is not`, asked, world));
    // A no about many says that one is denied, not each.
    if (isNo && allowed && !asked.resource.includes('*'))
      wrong.push(told(seed, `${decision}, and is allowed`, asked, world));
  }
  wrong.push(...playComparison(seed, random));
  return { wrong, pairs, sure: decision === 'Unknown' ? 0 : pairs };
}

function questionOf({ resource, caller }: Case): Question {
  return {
    action: ACTION,
    resource: resource.includes('*') ? { every: resource } : { exactly: resource },
    caller: { kind: 'role', arn: caller, account: ACCOUNT },
    context: { values: { ...KNOWN, 'aws:PrincipalArn': caller }, absent: ABSENT, others: 'unknown' },
  };
}

/** What is lost between two policies is told as lost, and a policy in other words is the same. */
function playComparison(seed: number, random: Random): readonly string[] {
  const [before, after] = [generateDocument(random, 'identity'), generateDocument(random, 'identity')];
  const wrong: string[] = [];
  if (saySame(before, respelled(before, random)) !== true) {
    wrong.push(`seed ${seed}: another spelling is told as another policy: ${JSON.stringify(before)}`);
  }
  const difference = comparePolicies(before, after, [ACTION]);
  if (difference === undefined) return wrong;
  const asked: Case = {
    policies: [before, after].map((document): PolicySource => ({ name: 'p', kind: 'identity', document })),
    resource: 'arn:aws:s3:::recordings/*',
    caller: `arn:aws:iam::${ACCOUNT}:role/svc/exporter`,
  };
  for (let at = 0; at < WORLDS; at += 1) {
    const world = generateWorld(random, asked);
    if (!areTaken(world.policies)) continue;
    const [was, is] = world.policies.map((one) => isAllowed([one], { action: ACTION, ...world }));
    const less = [...difference.lost, ...difference.denied];
    const more = [...difference.gained, ...difference.undenied];
    if (was && !is && !less.includes(ACTION)) wrong.push(told(seed, 'lost, and not told', asked, world));
    if (!was && is && !more.includes(ACTION)) wrong.push(told(seed, 'gained, and not told', asked, world));
  }
  return wrong;
}

const areTaken = (policies: readonly PolicySource[]): boolean => policies.every((policy) => readPolicy(policy).seen);

function told(seed: number, what: string, asked: Case, world: World): string {
  return `seed ${seed}: ${what}\n  asked ${JSON.stringify(asked)}\n  world ${JSON.stringify(world)}`;
}
