/** What belongs together, for a drawing: exports, what holds them, where they go, who writes. */
import type { Facts } from '../../facts';
import type { Change, Picture, PictureNode } from '../report';
import type { Related } from './related';
import { channelOf, scopeOf } from '../resources/export-job';
import { nameOf } from '../resources/policy';
import type { Placed } from './relations';
import { countAt, textsAt } from '../resources/subject';
import { counted, enumerated, EXPORT, HOLD, OBJECT_HOLD } from '../../words';
import { withoutSecrets } from '../differences';
import type { Values, PlanElement, PlanView } from '../../plan';
import { heldBuckets, releasePaths } from '../../rules';

type Edge = Picture['edges'][number];

/** More cannot be taken in at a glance, and Mermaid draws no more than some hundred edges. */
const MOST_NODES = 40;

/** The groups in which something changes; null when there is none. Losses come first, and what is too much for a picture is left out. */
export function pictureOf(
  related: Related,
  facts: Facts,
  changes: readonly Change[],
  plans: readonly PlanView[],
): Picture | null {
  const releasing = releaseEdges(facts);
  const around = [...related.own, ...related.holders.filter(({ kind }) => kind !== 'key')];
  const placed = [...around, ...climbersIn(plans, releasing, around)];
  const losing = new Set(
    changes.filter(({ loses }) => loses).map((change) => `${change.target}\n${change.place.address}`),
  );
  // What is set up around a bucket or role changes it.
  const touched = new Set(
    related.holders
      .filter((holder) => holder.around.some(({ element }) => acts(element)))
      .map(({ element }) => element),
  );
  const nodes = new Map(
    placed.map((one) => [
      one.element.subject.address,
      nodeOf(one, losing.has(`${one.view.name}\n${one.element.address}`), touched),
    ]),
  );
  const edges = distinct([...edgesIn(placed, facts), ...releasing]).filter(
    ({ from, to }) => nodes.has(from) && nodes.has(to),
  );
  const groups = grouped([...nodes.keys()], edges)
    .map((ids) => ids.map((id) => nodes.get(id)!))
    .filter((group) => group.some(({ action, loses }) => loses || (action !== 'none' && action !== 'read')))
    .sort((a, b) => Number(b.some(({ loses }) => loses)) - Number(a.some(({ loses }) => loses)));
  const drawn = groups.flatMap((group) => [...group].sort(byInterest)).slice(0, MOST_NODES);
  if (drawn.length === 0) return null;
  const ids = new Set(drawn.map(({ id }) => id));
  return { nodes: drawn, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

/** Within a group that is too big, what changes is drawn first. */
function byInterest(a: PictureNode, b: PictureNode): number {
  const rank = ({ action, loses }: PictureNode): number => (loses ? 0 : action === 'none' || action === 'read' ? 2 : 1);
  return rank(a) - rank(b);
}

const acts = ({ action }: PlanElement): boolean => action !== 'none' && action !== 'read' && action !== 'move';

function nodeOf({ element }: Placed, loses: boolean, touched: ReadonlySet<PlanElement>): PictureNode {
  const isGone = element.after === null;
  const values = withoutSecrets(
    isGone ? element.before : element.after,
    isGone ? element.beforeSensitive : element.afterSensitive,
  );
  const action = element.action === 'none' && touched.has(element) ? 'update' : element.action;
  return { id: element.subject.address, ...kindAndLabel(element, values), action, loses };
}

function kindAndLabel(element: PlanElement, values: Values): Pick<PictureNode, 'kind' | 'label'> {
  switch (element.type) {
    case EXPORT: {
      const what = textsAt(values, 'conversation_ids') === undefined ? channelOf(values) : 'named conversations';
      const length = scopeOf(values).split(' of ')[0]?.replace(' named by id', '');
      return { kind: 'export', label: `Export of ${what}, ${length ?? ''}` };
    }
    case HOLD: {
      const count = countAt(values, 'conversation_count') ?? textsAt(values, 'conversation_ids')?.length;
      return { kind: 'hold', label: `Legal hold${count === undefined ? '' : `, ${counted(count, 'conversation')}`}` };
    }
    case OBJECT_HOLD: {
      const count = countAt(values, 'version_count');
      return { kind: 'objects', label: `Held files${count === undefined ? '' : `, ${counted(count, 'version')}`}` };
    }
    case 'aws_iam_user':
      return { kind: 'role', label: `User ${nameOf(element)}` };
    case 'aws_s3_bucket':
      return { kind: 'bucket', label: `Bucket ${nameOf(element)}` };
    default:
      return { kind: 'role', label: `Role ${nameOf(element)}` };
  }
}

/** What the facts know of what will be, and what the state says of what was. */
function edgesIn(placed: readonly Placed[], facts: Facts): readonly Edge[] {
  const exportsById = new Map<unknown, string>();
  const bucketsByName = new Map<unknown, string>();
  for (const { element } of placed) {
    const { address } = element.subject;
    if (element.type === EXPORT) exportsById.set(element.before?.['id'], address);
    if (element.type === 'aws_s3_bucket') {
      for (const values of [element.before, element.after]) {
        if (typeof values?.['bucket'] === 'string') bucketsByName.set(values['bucket'], address);
      }
    }
  }
  exportsById.delete(undefined);
  const before = placed.flatMap(({ element: { before: values, subject, type } }): readonly Edge[] => {
    const { address } = subject;
    const exported = exportsById.get(values?.['export_job_id']);
    const destination = values?.['destination'] as { readonly bucket?: unknown } | null | undefined;
    const bucket = bucketsByName.get(type === EXPORT ? destination?.bucket : values?.['bucket']);
    return [
      ...edge(type === HOLD ? exported : undefined, address, HELD_BY),
      ...edge(type === EXPORT ? address : undefined, bucket, WRITES),
      ...edge(type === OBJECT_HOLD ? (bucket ?? exported) : undefined, address, LOCKED),
    ];
  });
  return [...after(facts), ...before];
}

const HELD_BY = 'held by';
const WRITES = 'files in';
const LOCKED = 'locked by';
const DUTY_WORDS = { export: 'writes to', tag: 'tags in', hold: 'locks in', release: 'releases in' } as const;

function after(facts: Facts): readonly Edge[] {
  return [
    ...facts.holds.flatMap(({ address, dependsOn, belongsTo, atOnce }) =>
      [...dependsOn.map((on) => on.export), ...(belongsTo === null || atOnce ? [] : [belongsTo])].flatMap((from) =>
        edge(from, address, HELD_BY),
      ),
    ),
    ...facts.exports.flatMap(({ address, bucket }) => edge(address, valueOf(bucket), WRITES)),
    ...facts.objectHolds.flatMap(({ address, bucket, exportJobId }) =>
      edge(valueOf(bucket) ?? exportIn(valueOf(exportJobId)), address, LOCKED),
    ),
    ...facts.duties.flatMap(({ role, bucket, duty }) => edge(valueOf(role), valueOf(bucket), DUTY_WORDS[duty])),
  ];
}

/** Who can release, step by step: beside release roles, whose edge their duty draws. */
function releaseEdges(facts: Facts): readonly Edge[] {
  if (facts.principals === undefined) return [];
  return heldBuckets(facts).flatMap((bucket) =>
    (bucket.arn.known || bucket.name.known ? releasePaths(facts, bucket) : []).flatMap(
      ({ principal, steps, targets, isSure, isDeclared }) => {
        if (isDeclared && steps.length === 0) return [];
        const [step] = steps;
        if (step === undefined || step.to === principal) {
          const words = step === undefined ? targets.map(({ means }) => means) : ['rewrite itself'];
          return edge(principal, bucket.address, `${isSure ? 'can' : 'perhaps can'} ${enumerated(words, 2)}`);
        }
        return edge(principal, step.to, `${isSure ? '' : 'perhaps '}${step.verb}`);
      },
    ),
  );
}

/** Roles and users of the plans that are drawn only because they can release. */
function climbersIn(
  plans: readonly PlanView[],
  edges: readonly Edge[],
  around: readonly Pick<Placed, 'element'>[],
): readonly Pick<Placed, 'view' | 'element'>[] {
  const drawn = new Set(around.map(({ element }) => element.subject.address));
  const wanted = new Set(edges.flatMap(({ from, to }) => [from, to]).filter((address) => !drawn.has(address)));
  if (wanted.size === 0) return [];
  return plans.flatMap((view) =>
    [...view.ofType('aws_iam_role'), ...view.ofType('aws_iam_user')]
      .filter(({ subject }) => wanted.has(subject.address))
      .map((element) => ({ view, element })),
  );
}

function valueOf<T>(fact: { readonly known: true; readonly value: T } | { readonly known: false }): T | undefined {
  return fact.known ? fact.value : undefined;
}

/** The export in `${genesyscloud_recording_export_job.sms.id}`. */
function exportIn(text: string | null | undefined): string | undefined {
  return /^\$\{(.*)\.[^.]*\}$/.exec(text ?? '')?.[1];
}

function edge(from: string | null | undefined, to: string | null | undefined, label: string): readonly Edge[] {
  return typeof from === 'string' && typeof to === 'string' ? [{ from, to, label }] : [];
}

/** One line between two things; several labels of it are joined. */
function distinct(edges: readonly Edge[]): readonly Edge[] {
  const found = new Map<string, Edge>();
  for (const { from, to, label } of edges) {
    const key = `${from}\n${to}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { from, to, label });
    else if (!known.label.split(', ').includes(label)) found.set(key, { ...known, label: `${known.label}, ${label}` });
  }
  return [...found.values()];
}

/** Ids that hang together. */
function grouped(ids: readonly string[], edges: readonly Edge[]): readonly (readonly string[])[] {
  const near = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of edges) {
    near.get(from)?.push(to);
    near.get(to)?.push(from);
  }
  const seen = new Set<string>();
  return ids.flatMap((id) => {
    if (seen.has(id)) return [];
    seen.add(id);
    const group = [id];
    for (const one of group) {
      for (const other of near.get(one) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        group.push(other);
      }
    }
    return [group];
  });
}
