/** What a plan does, resource by resource, in words. */
import { originOf } from '../../plan';
import type { ChangeFact, Facts } from '../../facts';
import { describeLoss } from '../../rules';
import { ACTIONS, type Change } from '../report';
import { tellBucket } from './bucket';
import { tellBucketSetting } from './bucket-setting';
import { EXPORT, HOLD, OBJECT_HOLD } from '../../words';
import type { Concerned } from './concerned';
import { tellExport } from './export-job';
import { tellKey } from './key';
import { tellHold } from './legal-hold';
import { tellObjectHold } from './object-hold';
import { policySentences } from './policy';
import type { HolderPolicies } from './permissions';
import type { Placed } from './relations';
import { tellAttachment, tellRole } from './role';
import { subjectOf, type Tell, type Told } from './told';

const TELLERS: Readonly<Record<string, Tell>> = {
  [EXPORT]: tellExport,
  [HOLD]: tellHold,
  [OBJECT_HOLD]: tellObjectHold,
  aws_s3_bucket: tellBucket,
  aws_iam_role: tellRole,
  aws_iam_role_policy_attachment: tellAttachment,
  aws_iam_policy_attachment: tellAttachment,
  aws_kms_key: tellKey,
};

/** The changes of everything that is concerned, those that take away first. */
export function changesIn(concerned: Concerned, facts: Facts, policies: readonly HolderPolicies[]): readonly Change[] {
  const { own, holders, attached } = concerned;
  // An object that waits to be destroyed after its replacement was made has the address of that.
  const losses = new Map((facts.changes ?? []).map((change) => [`${change.address} ${change.action}`, change]));
  const all = [...own, ...holders.flatMap((holder) => [holder, ...toldApart(holder)]), ...policiesWithView(attached)];
  const distinct = [...new Map(all.map((placed) => [placed.element, placed])).values()];
  return distinct
    .filter(({ element }) => element.action !== 'none' && element.action !== 'read')
    .map((placed) =>
      changeOf(placed, losses.get(`${placed.element.subject.address} ${placed.element.action}`), facts, policies),
    )
    .sort(byWeight);
}

/** What goes with its bucket, role or key needs no line of its own. */
function toldApart({ element: holder, around }: Concerned['holders'][number]): readonly Placed[] {
  return holder.action === 'destroy' ? around.filter(({ element }) => element.action !== 'destroy') : around;
}

function policiesWithView(attached: Concerned['attached']): readonly Placed[] {
  return [...attached].flatMap(([element, givers]) => givers.slice(0, 1).map(({ view }) => ({ view, element })));
}

function changeOf(
  placed: Placed,
  fact: ChangeFact | undefined,
  facts: Facts,
  policies: readonly HolderPolicies[],
): Change {
  const { view, element } = placed;
  const losses = (fact?.losses ?? []).map(describeLoss);
  const words = tellerOf(element.type)(subjectOf(placed, facts, fact));
  // What a setting gives up is its loss, in the same words as in the finding.
  const told = losses.length > 0 && element.type.startsWith('aws_s3_bucket') ? { ...words, sentences: [] } : words;
  const about = policySentences(element, policies);
  const made = element.action === 'create' ? [...told.sentences, ...about] : [...about, ...told.sentences];
  const sentences = [...losses.map(({ sentence }) => sentence), ...made, ...moved(placed)];
  return {
    target: view.name,
    place: { ...originOf(element), address: element.address },
    type: element.type,
    action: element.action,
    ...(element.previousAddress === null ? {} : { previousAddress: element.previousAddress }),
    sentences: sentences.length > 0 ? sentences : [PLAIN[element.action] ?? 'changes'],
    loses: told.loses === true || losses.some(({ status }) => status !== 'warn'),
  };
}

function moved({ element: { action, previousAddress } }: Placed): readonly string[] {
  if (previousAddress === null) return [];
  return [
    action === 'move' ? `moves from ${previousAddress}, and nothing else changes` : `moves from ${previousAddress}`,
  ];
}

/** Where nothing better can be said. */
const PLAIN: Readonly<Record<string, string>> = {
  destroy: 'goes',
  replace: 'is replaced',
  forget: 'is no longer looked after',
  update: 'changes',
  create: 'is made',
  import: 'is taken over as it is',
};

function tellerOf(type: string): Tell {
  const teller = TELLERS[type];
  if (teller !== undefined) return teller;
  return type.startsWith('aws_s3_bucket_') ? tellBucketSetting : () => NOTHING;
}

const NOTHING: Told = { sentences: [] };

/** Losses first, then by what Terraform does, own resources before others. */
function byWeight(a: Change, b: Change): number {
  const isOwn = ({ type }: Change): number => Number(type.startsWith('genesyscloud_'));
  return (
    Number(b.loses) - Number(a.loses) ||
    ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action) ||
    isOwn(b) - isOwn(a) ||
    compareText(a.target, b.target) ||
    compareText(a.place.address, b.place.address)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
