/** What keeps exports and holds from being whole, as findings: each kind its own, with count and examples of the same set. */
import { differencesOf, type Difference } from '../differences';
import type { DriftRule } from './drift-rules';
import type { Ours } from './ours';
import type { ResourceChange, Values } from '../../plan';
import type { DriftWords } from '../resources/drift-words';
import { examplesOf, explanationOf, saysOf, type Shortfall, type ShortfallKind, type Standing } from '../standing';
import { textAt } from '../attributes';
import { isScope } from '../resources/argument-changes';
import { counted, enumerated, EXPORT, number, OBJECT_HOLD } from '../../words';

/** The rule of a kind; `part` where one rule has several findings at an address. */
interface Ruled {
  readonly rule: DriftRule;
  readonly part?: string;
}

const ALIKE: Partial<Readonly<Record<ShortfallKind, Ruled>>> = {
  lost: { rule: 'drift/lost' },
  gone: { rule: 'drift/gone' },
  unprotectable: { rule: 'drift/unprotectable' },
  unregistered: { rule: 'drift/unregistered' },
  absent: { rule: 'drift/absent' },
  late: { rule: 'drift/late' },
};

const RULES: Readonly<Record<Standing['subject'], Partial<Readonly<Record<ShortfallKind, Ruled>>>>> = {
  hold: { released: { rule: 'drift/hold-released' } },
  'object-hold': {
    released: { rule: 'drift/object-hold-lost' },
    unlocked: { rule: 'drift/object-hold-lost', part: 'unlocked' },
    untagged: { rule: 'drift/object-hold-lost', part: 'tags' },
    late: { rule: 'drift/objects-late' },
  },
  export: { unfinished: { rule: 'drift/export-unfinished' }, failed: { rule: 'drift/export-incomplete' } },
};

/** One finding a kind. Accepted ones are notes: they stay visible and do not count. */
export function shortfallFindings({ address, standing, before }: Ours): readonly DriftWords[] {
  const findings = standing.shortfalls.map((shortfall): DriftWords => {
    const { means, remedy } = explanationOf(standing, shortfall);
    const { rule, part } = ruleOf(standing, shortfall);
    const whole = before?.seenAt && !before.shortfalls.some(({ kind }) => kind === shortfall.kind);
    const since = whole ? `It was whole when it was last looked at, ${before.seenAt}.` : '';
    return {
      rule,
      ...(part === undefined ? {} : { part }),
      level: shortfall.accepted ? 'note' : 'error',
      attribute: attributeOf(standing, shortfall),
      headline: `${headlineOf(standing, shortfall)}${shortfall.accepted ? ' (accepted)' : ''}`,
      text: sentences(
        scopeOf(standing),
        shortfall.accepted ? `Accepted as accepted_gaps: ${standing.acceptedReason ?? ''}` : means,
        examplesOf(shortfall),
        since,
      ),
      remedy: shortfall.accepted ? '' : `${remedy} The resource is ${address}.`,
    };
  });
  const isSaidAlready = findings.some(({ level }) => level === 'error');
  return standing.tainted && !isSaidAlready ? [...findings, taintedFinding(address, standing)] : findings;
}

/** What could not be found out: one finding a resource. */
export function unknownFinding({ address, standing }: Ours): DriftWords | undefined {
  if (standing.unknowns.length === 0) return undefined;
  return {
    rule: 'drift/unknown',
    level: 'unknown',
    headline: `${standing.title}: unknown whether everything is ${standing.subject === 'export' ? 'exported' : 'held'}`,
    text: standing.unknowns.join(' '),
    remedy: `Run "genesyscloud-compliance drift --full": it looks at everything. Where something could not be looked at all the same, the warnings of "terraform plan" say why. The resource is ${address}.`,
  };
}

/** A hold or an export that the configuration asks for and that does not exist. */
export function notAppliedFinding({ address, type, change }: ResourceChange): DriftWords {
  const after: Values = change.after ?? {};
  const isExport = type === EXPORT;
  const name = textAt(after, 'name');
  const place = textAt(after, 'bucket');
  const what = isExport
    ? `The export of ${textAt(after, 'interval') ?? 'conversations named by id'}`
    : type === OBJECT_HOLD
      ? `The object hold on ${place === undefined ? address : `s3://${place}/${textAt(after, 'prefix') ?? ''}`}`
      : `The legal hold ${name === undefined ? address : `"${name}"`}`;
  return {
    rule: 'drift/not-applied',
    level: 'error',
    headline: `${what} is configured and was never applied: nothing is ${isExport ? 'exported' : 'held'} by it`,
    text: isExport
      ? 'The configuration asks for it, and it does not exist. Holds that depend on it wait.'
      : 'The configuration asks for it, and it does not exist. What it is to protect can be deleted for good by a retention policy or a person.',
    remedy: `Review the plan, then run "terraform apply". If an apply was tried, see why it failed. The resource is ${address}.`,
  };
}

/** A scope that was changed in the configuration and not applied: what it adds is not held. Undefined when it adds nothing. */
export function grownScopeFinding(ours: Ours, planned: ResourceChange | undefined): DriftWords | undefined {
  if (planned === undefined || !planned.change.actions.includes('update')) return undefined;
  const changed = differencesOf(planned.change).filter(({ attribute }) => isScope(planned.type, attribute));
  const added = changed.filter(addsSomething);
  if (added.length === 0) return undefined;
  const { standing, address } = ours;
  const [ids] = added.filter(({ attribute }) => attribute === 'conversation_ids');
  const more = ids === undefined ? 0 : newIn(ids);
  const held = standing.subject === 'export' ? 'exported' : 'held';
  return {
    rule: 'drift/not-applied',
    part: 'scope',
    level: 'warn',
    attribute: added[0]?.attribute ?? 'conversation_ids',
    headline:
      more > 0
        ? `${standing.title}: ${counted(more, 'conversation')} ${more === 1 ? 'is' : 'are'} configured and not ${held} yet`
        : `${standing.title}: its scope was changed in the configuration (${enumerated(added.map(({ attribute }) => attribute))}) and not applied`,
    text: `What the configuration adds is not ${held} until it is applied.`,
    remedy: `Review the plan, then run "terraform apply". The resource is ${address}.`,
  };
}

function addsSomething(difference: Difference): boolean {
  const { before, after } = difference;
  return Array.isArray(before) && Array.isArray(after) ? newIn(difference) > 0 : after !== null && after !== undefined;
}

function newIn({ before, after }: Difference): number {
  const known = new Set(Array.isArray(before) ? (before as unknown[]) : []);
  return (Array.isArray(after) ? (after as unknown[]) : []).filter((one) => !known.has(one)).length;
}

function taintedFinding(address: string, { title, subject }: Standing): DriftWords {
  return {
    rule: subject === 'export' ? 'drift/export-unfinished' : 'drift/hold-incomplete',
    level: 'error',
    headline: `${title}: its creation ended with an error`,
    text: 'Terraform marked it as tainted: the next apply replaces it.',
    remedy: `See why the apply failed, then run "terraform plan" and "terraform apply"; "terraform untaint" keeps what exists. The resource is ${address}.`,
  };
}

function ruleOf({ subject }: Standing, { kind }: Shortfall): Ruled {
  return (
    RULES[subject][kind] ??
    ALIKE[kind] ?? {
      rule: subject === 'export' ? 'drift/export-incomplete' : 'drift/hold-incomplete',
      ...(kind === 'failed' ? {} : { part: kind }),
    }
  );
}

function headlineOf(standing: Standing, shortfall: Shortfall): string {
  const { title, subject, scope } = standing;
  const { kind, count } = shortfall;
  if (subject === 'hold' && kind === 'released' && count !== null && scope !== null) {
    return count >= scope
      ? `${title} was released on all ${counted(scope, 'conversation')}`
      : `${title} was released on ${number(count)} of ${counted(scope, 'conversation')}`;
  }
  return `${title}: ${saysOf(standing, shortfall)}`;
}

function scopeOf({ words, subject }: Standing): string {
  const first = words.split(', ')[0] ?? '';
  return subject === 'export' || first === '' ? '' : `${first.charAt(0).toUpperCase()}${first.slice(1)}.`;
}

/** The attribute where a reader of the state finds it. */
function attributeOf({ digest, subject }: Standing, { kind, acceptable }: Shortfall): string {
  if (acceptable && digest !== null) return 'gaps';
  if (subject === 'export') return kind === 'failed' ? 'failed_recordings' : 'state';
  if (subject === 'hold') return kind === 'failed' ? 'failures' : 'missing_count';
  return kind === 'lost' ? 'lost' : kind === 'absent' ? 'absent_conversation_count' : 'missing';
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
