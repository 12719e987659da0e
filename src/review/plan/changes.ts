/** What a plan does, resource by resource, in words. */
import { originOf } from '../../plan';
import type { ChangeFact, Facts } from '../../facts';
import { describeLoss, type Finding } from '../../rules';
import { ACTIONS, type Change } from '../report';
import type { Related } from './related';
import { policySentences } from '../resources/policy';
import type { HolderPolicies } from '../policies/permissions';
import type { Placed } from './relations';
import { wordsOf } from '../resources/registry';
import { subjectOf } from '../resources/subject';
import { valueChangesOf } from './values';

/** The changes of everything that is about exports and holds, those that take away first. */
export function changesIn(
  related: Related,
  facts: Facts,
  policies: readonly HolderPolicies[],
  findings: readonly Finding[],
): readonly Change[] {
  const { own, holders, attached, losing } = related;
  // An object that waits to be destroyed after its replacement was made has the address of that.
  const losses = new Map((facts.changes ?? []).map((change) => [`${change.address} ${change.action}`, change]));
  const openings = openingsIn(findings);
  const all = [
    ...own,
    ...holders.flatMap((holder) => [holder, ...ownLines(holder)]),
    ...policiesWithView(attached),
    ...losing,
  ];
  const distinct = [...new Map(all.map((placed) => [placed.element, placed])).values()];
  return distinct
    .filter(({ element }) => element.action !== 'none' && element.action !== 'read')
    .map((placed) =>
      changeOf(placed, losses.get(`${placed.element.subject.address} ${placed.element.action}`), {
        facts,
        policies,
        openings: openings.get(placed.element.subject.address) ?? [],
      }),
    )
    .sort(byWeight);
}

/** What is known of a plan as a whole, and what one of its resources opens to the public. */
interface Known {
  readonly facts: Facts;
  readonly policies: readonly HolderPolicies[];
  readonly openings: readonly string[];
}

/** What lets everybody in or loses recordings, by the resource that says so: a plan that makes it say so takes protection away. */
function openingsIn(findings: readonly Finding[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { rule, status, message, evidence } of findings) {
    if (status !== 'fail' || (rule !== 's3/public' && rule !== 's3/retention-loss')) continue;
    const [, what] = /^.*? ((?:lets everybody|loses? recordings\b).*?)\.?$/s.exec(message.split('. ')[0] ?? '') ?? [];
    for (const { origin } of evidence) {
      const sentence =
        what?.replace(/^lose /, 'loses ') ??
        (rule === 's3/public' ? 'opens recordings to everybody' : 'loses recordings by its settings');
      found.set(origin.address, [...new Set([...(found.get(origin.address) ?? []), sentence])]);
    }
  }
  return found;
}

/** What goes with its bucket, role or key needs no line of its own. */
function ownLines({ element: holder, around }: Related['holders'][number]): readonly Placed[] {
  return holder.action === 'destroy' ? around.filter(({ element }) => element.action !== 'destroy') : around;
}

function policiesWithView(attached: Related['attached']): readonly Placed[] {
  return [...attached].flatMap(([element, givers]) => givers.slice(0, 1).map(({ view }) => ({ view, element })));
}

function changeOf(placed: Placed, fact: ChangeFact | undefined, { facts, policies, openings: all }: Known): Change {
  const { view, element } = placed;
  const losses = (fact?.losses ?? []).map(describeLoss);
  const subject = subjectOf(placed, facts, fact);
  const own = wordsOf(element.type).planned(subject);
  // What begins to delete is told as that.
  const isTold = fact?.losses.some(({ kind }) => kind === 'objects-expire' || kind === 'versioning-off') === true;
  const openings = isTold ? all.filter((one) => !/^loses? recordings/.test(one)) : all;
  // What a setting gives up is its loss, in the same words as in the finding.
  const words = losses.length > 0 && element.type.startsWith('aws_s3_') ? { ...own, sentences: [] } : own;
  const about = policySentences(element, policies);
  const made = element.action === 'create' ? [...words.sentences, ...about] : [...about, ...words.sentences];
  const sentences = [...losses.map(({ sentence }) => sentence), ...openings, ...made, ...moved(placed)];
  return {
    target: view.name,
    place: { ...originOf(element), address: element.address },
    type: element.type,
    action: element.action,
    ...(element.previousAddress === null ? {} : { previousAddress: element.previousAddress }),
    sentences: sentences.length > 0 ? sentences : [PLAIN[element.action] ?? 'changes'],
    ...valueChangesOf(subject),
    loses: words.loses === true || openings.length > 0 || losses.some(({ status }) => status !== 'warn'),
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
  forget: 'is no longer managed',
  update: 'changes',
  create: 'is made',
  import: 'is taken over as it is',
};

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
