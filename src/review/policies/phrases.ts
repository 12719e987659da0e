/** What follows from a change of policies, action by action. */
import type { PolicyDifference } from '../../iam';

/** The verbs of somebody about whom it is told, each before a list of actions. */
export interface Verbs {
  readonly lost: string;
  readonly gained: string;
  /** Allowed before and after, on other resources or other conditions. */
  readonly otherwise: string;
  readonly undenied: string;
  readonly denied: string;
}

/** Half sentences, what is taken away first: "no longer allows s3:PutObjectTagging". */
export function phrasesOf(difference: PolicyDifference, verbs: Verbs): readonly string[] {
  const { lost, gained, undenied, denied, unsure } = difference;
  const without = (actions: readonly string[], others: readonly string[]): readonly string[] =>
    actions.filter((action) => !others.includes(action));
  const phrase = (verb: string, actions: readonly string[]): readonly string[] => {
    const [open, sure] = [true, false].map((isOpen) => actions.filter((one) => unsure.includes(one) === isOpen));
    return [
      ...(sure?.length ? [`${verb} ${listed(sure)}`] : []),
      ...(open?.length ? [`perhaps ${verb} ${listed(open)}`] : []),
    ];
  };
  return [
    ...phrase(verbs.lost, without(lost, gained)),
    ...phrase(verbs.denied, denied),
    ...phrase(
      verbs.otherwise,
      lost.filter((action) => gained.includes(action)),
    ),
    ...phrase(verbs.undenied, without(undenied, denied)),
    ...phrase(verbs.gained, without(gained, lost)),
  ];
}

/** Actions are named as long as they can be read at a glance. */
function listed(actions: readonly string[], most = 3): string {
  if (actions.length > most) return `${actions.slice(0, most).join(', ')} and ${actions.length - most} more`;
  return actions.length < 2 ? (actions[0] ?? '') : `${actions.slice(0, -1).join(', ')} and ${actions.at(-1)}`;
}
