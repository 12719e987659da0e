import { phrasesOf, type Verbs } from '../policy-phrases';
import type { PlanElement } from '../../plan';
import { differenceOf, isChange, type HolderPolicies, type PolicySide } from './permissions';
import { trustPhrases } from '../trust';
import { namesOf } from './relations';

const OF_ROLE: Verbs = {
  lost: 'loses',
  gained: 'gains',
  otherwise: 'keeps on other resources or conditions',
  undenied: 'is no longer denied',
  denied: 'is denied',
};

const OF_POLICY: Verbs = {
  lost: 'no longer allows',
  gained: 'allows',
  otherwise: 'allows on other resources or conditions',
  undenied: 'no longer denies',
  denied: 'denies',
};

/** What a changed resource means for everybody whose policies it is a part of: "the role exporter loses s3:PutObject". */
export function policySentences(element: PlanElement, policies: readonly HolderPolicies[]): readonly string[] {
  const about = ABOUT.get(policies) ?? sidesByElement(policies);
  ABOUT.set(policies, about);
  const sentences = (about.get(element) ?? [])
    .filter(([, side]) => tells(side, element))
    .flatMap(([of, side]) => sentencesOf(side, of));
  return [...new Set(sentences)];
}

type About = ReadonlyMap<PlanElement, readonly (readonly [of: HolderPolicies, side: PolicySide])[]>;

/** Every change of a plan asks what it means among all of its policies. */
const ABOUT = new WeakMap<readonly HolderPolicies[], About>();

function sidesByElement(policies: readonly HolderPolicies[]): About {
  const found = new Map<PlanElement, (readonly [HolderPolicies, PolicySide])[]>();
  for (const of of policies) {
    for (const side of of.sides) {
      for (const element of new Set([side.document, side.giver])) {
        const sides = found.get(element);
        if (sides === undefined) found.set(element, [[of, side]]);
        else sides.push([of, side]);
      }
    }
  }
  return found;
}

/** A policy and its attachment may both change: it is told once, where the document is. */
function tells({ document, giver }: PolicySide, element: PlanElement): boolean {
  if (document === element) return true;
  return giver === element && !isChange(document);
}

function sentencesOf(side: PolicySide, of: HolderPolicies): readonly string[] {
  const subject = subjectOf(of);
  if (side.unseen !== null) return [`unknown what ${subject} allows: ${side.attribute} ${side.unseen}`];
  const difference = differenceOf(side, of);
  const trust = of.about === 'trust' ? trustPhrases(difference) : [];
  const verbs = of.about === 'permissions' && of.holder.kind === 'role' ? OF_ROLE : OF_POLICY;
  return (trust.length > 0 ? trust : phrasesOf(difference, verbs)).map((phrase) => `${subject} ${withGenesys(phrase)}`);
}

/** Nobody knows the accounts of Genesys Cloud by heart. */
function withGenesys(phrase: string): string {
  return phrase.replace(
    /AWS (?:arn:aws[\w-]*:iam::)?(765628985471|325654371633)(?::root)?/g,
    'Genesys Cloud (AWS account $1)',
  );
}

function subjectOf({ holder, about }: HolderPolicies): string {
  const name = nameOf(holder.element);
  if (about === 'trust') return `the trust policy of the role ${name}`;
  if (holder.kind === 'role') return `the role ${name}`;
  return holder.kind === 'bucket' ? `the policy of the bucket ${name}` : `the policy of the key ${name}`;
}

/** The name that people know, else the address. */
export function nameOf(element: PlanElement): string {
  const attribute = element.type === 'aws_s3_bucket' ? 'bucket' : 'name';
  return namesOf(element, [attribute]).at(-1) ?? element.subject.address;
}
