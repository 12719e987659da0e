/** What a look found out about exports and holds besides gaps: delete markers, releases out of scope, things put right. */
import type { Ours } from './ours';
import type { Values } from '../../plan';
import { WHO_AWS, WHO_GENESYS, type DriftWords } from '../resources/drift-words';
import { numberAt } from '../attributes';
import { counted } from '../../words';

/** Findings about what differs from the state and is not a gap. */
export function movedFindings({ address, standing, before, drift }: Ours): readonly DriftWords[] {
  if (drift === undefined) return [];
  const [was, is]: readonly [Values, Values] = [drift.change.before ?? {}, drift.change.after ?? {}];
  const rose = (name: string): number => numberAt(is, name) - numberAt(was, name, numberAt(is, name));
  const found: DriftWords[] = [];
  const freed = -rose('out_of_scope_count');
  if (standing.subject === 'hold' && freed > 0) {
    found.push({
      rule: 'drift/hold-released',
      part: 'out-of-scope',
      level: 'warn',
      attribute: 'out_of_scope_count',
      headline: `${standing.title}: ${counted(freed, 'conversation')} outside its scope ${freed === 1 ? 'was' : 'were'} released`,
      text: `They had fallen out of scope and stayed held, since release_on_destroy does not allow a release. Now they are not held. ${WHO_GENESYS}`,
      remedy: `Find out whether the release was intended. If not, add the conversations to conversation_ids of a hold and run "terraform apply". The resource is ${address}.`,
    });
  }
  const hidden = rose('hidden_count');
  if (hidden > 0) {
    found.push({
      rule: 'drift/object-hold-lost',
      part: 'hidden',
      level: 'error',
      attribute: 'hidden_count',
      headline: `${standing.title}: ${counted(hidden, 'key')} ${hidden === 1 ? 'was' : 'were'} hidden under delete markers`,
      text: `They look deleted, and the versions below the markers are there. ${WHO_AWS}`,
      remedy: `Delete markers stay when you apply: remove them, and the versions below them are visible again. The resource is ${address}.`,
    });
  }
  const isBetter = before !== undefined && before.shortfalls.length > 0 && standing.shortfalls.length === 0;
  if (isBetter && found.length === 0) {
    found.push({
      rule: standing.subject === 'export' ? 'drift/export-unfinished' : 'drift/hold-incomplete',
      part: 'better',
      level: 'note',
      headline: `${standing.title} is whole, and was not according to the state`,
      text: `What was missing was put right outside of Terraform, or came by itself. ${standing.words.charAt(0).toUpperCase()}${standing.words.slice(1)}.`,
      remedy: '',
    });
  }
  return found;
}
