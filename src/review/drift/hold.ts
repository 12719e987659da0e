import type { Drift } from './observe';
import { WHO_GENESYS, type Told } from './told';
import { numberAt, textAt } from '../attributes';
import { counted } from '../../words';

/** A legal hold that protects less than it did, or more. */
export function explainHold(drift: Drift): Told {
  const { before, after, kind } = drift;
  const name = textAt(before, 'name') ?? drift.address;
  const scope = numberAt(before, 'conversation_count', numberAt(after, 'conversation_count'));
  if (kind === 'deleted') {
    return {
      rule: 'drift/hold-released',
      level: 'error',
      headline: `The legal hold "${name}" on ${counted(numberAt(before, 'held_count', scope), 'conversation')} is gone`,
      text: `Genesys Cloud no longer knows this hold, so nothing says that its conversations are protected. ${WHO_GENESYS}`,
      remedy: apply(drift, 'it makes the hold anew'),
    };
  }
  const missing = numberAt(after, 'missing_count');
  const released = missing - numberAt(before, 'missing_count');
  const freed = numberAt(before, 'out_of_scope_count') - numberAt(after, 'out_of_scope_count');
  if (released > 0) return releasedHold(drift, name, scope, missing);
  if (freed > 0) {
    return {
      rule: 'drift/hold-released',
      level: 'warn',
      attribute: 'out_of_scope_count',
      headline: `${counted(freed, 'conversation')} outside the scope of the legal hold "${name}" ${freed === 1 ? 'was' : 'were'} released`,
      text: `They had fallen out of scope and stayed held, since release_on_destroy does not allow a release. Now they are not held any more. ${WHO_GENESYS}`,
      remedy:
        'Find out whether the release was meant. If it was not, add the conversations to conversation_ids of a hold and run "terraform apply".',
    };
  }
  return {
    rule: 'drift/hold-released',
    level: 'note',
    attribute: 'held_count',
    headline: `The legal hold "${name}" protects more than Terraform knew: ${numberAt(after, 'held_count')} of ${counted(scope, 'conversation')}`,
    text: 'Somebody else held what was missing. Nothing is lost.',
    remedy: '',
  };
}

function releasedHold(drift: Drift, name: string, scope: number, missing: number): Told {
  const all = numberAt(drift.after, 'held_count') === 0;
  return {
    rule: 'drift/hold-released',
    level: 'error',
    attribute: 'missing_count',
    headline: all
      ? `The legal hold "${name}" was released on all ${counted(scope, 'conversation')}`
      : `The legal hold "${name}" was released on ${missing.toLocaleString('en-US')} of ${counted(scope, 'conversation')}`,
    text:
      `${counted(missing, 'conversation')} in scope ${missing === 1 ? 'is' : 'are'} no longer protected from deletion; ` +
      `${counted(numberAt(drift.after, 'held_count'), 'conversation')} still ${numberAt(drift.after, 'held_count') === 1 ? 'is' : 'are'}. ` +
      `It happened outside of Terraform. ${WHO_GENESYS} Until they are held again, a retention policy or a person can delete them for good.`,
    remedy: apply(drift, 'it protects exactly those conversations again'),
  };
}

function apply({ address }: Drift, does: string): string {
  return `Run "terraform plan" and "terraform apply" now: ${does}. The resource is ${address}. Then find out who released them and why.`;
}
