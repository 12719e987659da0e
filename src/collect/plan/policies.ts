import type { DocumentSource, Known, PolicyFact, RenderedBy } from '../../facts';
import { mergeStatements, STATEMENT_ARGUMENTS, statementOf, statementsIn } from '../policy-statement';
import { originOf, type Element } from '../../plan';
import { isMarked, isRow, markOf, rows, type Row } from '../../plan';
import type { PlanView } from '../../plan';

/** A policy, or a part of one that could not be read. The union of the parts decides. */
type Part =
  { readonly known: true; readonly document: string | object } | { readonly known: false; readonly why: string };

const unseen = (why: string): readonly Part[] => [{ known: false, why }];

/** Attributes that hold the text of a policy: a reference to one is followed. */
const POLICY_ATTRIBUTES: readonly string[] = [
  'aws_iam_policy.policy',
  'aws_iam_role_policy.policy',
  'aws_iam_role.assume_role_policy',
  'aws_s3_bucket_policy.policy',
  'aws_kms_key.policy',
  'aws_kms_key_policy.policy',
];

const DEEPEST = 10;

/** The policy in an argument: one fact, several where a part of it cannot be read, none where none is given. */
export function policiesOf(view: PlanView, element: Element, argument: string): readonly PolicyFact[] {
  const origin = originOf(element, argument);
  const rendered = renderedBy(view, element, argument, 0);
  return partsOf(view, element, argument, 0).map((part) => ({
    name: element.subject.address,
    origin,
    document: known(part, origin),
    ...(rendered === undefined ? {} : { rendered }),
  }));
}

/** The data sources that write the policy in an argument, which may be read already. */
function renderedBy(view: PlanView, element: Element, argument: string, depth: number): RenderedBy | undefined {
  const [only, ...others] = view.referredBy(element, argument);
  if (only === undefined || others.length > 0 || depth > DEEPEST) return undefined;
  const { to, attribute } = only;
  if (POLICY_ATTRIBUTES.includes(`${to.type}.${attribute}`)) return renderedBy(view, to, attribute, depth + 1);
  if (to.type !== 'aws_iam_policy_document' || !/^(?:minified_)?json$/.test(attribute)) return undefined;
  // What is made of a document, by a function or a template, is not what the document says.
  const [text, written] = [element.after?.[argument], to.after?.[attribute]];
  if (typeof text === 'string' && typeof written === 'string' && !isSameJson(text, written)) return undefined;
  const by = sourceOf(view, to);
  return { by, from: sourcesIn(view, to, depth + 1) };
}

/** A document and those that it takes in, the one that wins first. */
function sourcesIn(view: PlanView, element: Element, depth: number): readonly DocumentSource[] {
  if (depth > DEEPEST) return [];
  const taken = (argument: string): readonly DocumentSource[] =>
    view
      .referredBy(element, argument)
      .filter(({ to }) => to.type === 'aws_iam_policy_document')
      .reverse()
      .flatMap(({ to }) => sourcesIn(view, to, depth + 1));
  return [...taken('override_policy_documents'), sourceOf(view, element), ...taken('source_policy_documents')];
}

function sourceOf(view: PlanView, element: Element): DocumentSource {
  const statements = ownStatements(view, element).flatMap((part) =>
    part.known ? statementsIn(asObject(part.document)) : [],
  );
  return { ...element.subject, statements };
}

function isSameJson(one: string, other: string): boolean {
  return one === other || JSON.stringify(parsed(one)) === JSON.stringify(parsed(other));
}

function known(part: Part, origin: PolicyFact['origin']): Known<string | object> {
  return part.known ? { known: true, value: part.document, origin } : { known: false, why: part.why, origin };
}

function partsOf(view: PlanView, element: Element, argument: string, depth: number): readonly Part[] {
  if (depth > DEEPEST) return unseen('refers to itself');
  if (isMarked(markOf(element.afterSensitive, argument))) {
    return unseen('is marked as sensitive, so it is not looked at');
  }
  if (!isMarked(markOf(element.afterUnknown, argument))) {
    const text = element.after?.[argument];
    return typeof text === 'string' && text !== '' ? [{ known: true, document: text }] : [];
  }
  return (
    synthesized(view, element, argument) ??
    referred(view, element, argument, depth) ??
    unseen(view.whyUnknown(element, argument))
  );
}

/** The text as the CDK wrote it: JSON with expressions inside its strings, even where a plan shows nothing. */
function synthesized(view: PlanView, element: Element, argument: string): readonly Part[] | undefined {
  if (element.module !== '') return undefined;
  const written = view.synthesized.argument(element.reference, argument);
  if (typeof written !== 'string' || !written.trimStart().startsWith('{')) return undefined;
  const document = parsed(written);
  return document === undefined ? undefined : [{ known: true, document: unescaped(document) }];
}

/** What the whole argument is a reference to. */
function referred(view: PlanView, element: Element, argument: string, depth: number): readonly Part[] | undefined {
  const [only, ...others] = view.referredBy(element, argument);
  if (only === undefined || others.length > 0) return undefined;
  const { to, attribute } = only;
  if (to.type === 'aws_iam_policy_document' && /^(?:minified_)?json$/.test(attribute)) {
    return documentOf(view, to, depth + 1);
  }
  return POLICY_ATTRIBUTES.includes(`${to.type}.${attribute}`) ? partsOf(view, to, attribute, depth + 1) : undefined;
}

/** What a policy document renders that is only read while applying, because something in it is not known yet. */
function documentOf(view: PlanView, element: Element, depth: number): readonly Part[] {
  const rendered = partsIfKnown(element);
  if (rendered !== undefined) return rendered;
  const sources = included(view, element, 'source_policy_documents', depth);
  const overrides = included(view, element, 'override_policy_documents', depth);
  const hidden = overrides.find((part) => !part.known);
  if (hidden !== undefined) return unseen('may be replaced by an override document that is not known yet');
  const own = ownStatements(view, element);
  const statements = [...sources, ...own, ...overrides]
    .flatMap((part) => (part.known ? [asObject(part.document)] : []))
    .reduce<readonly object[]>((all, document) => mergeStatements(all, statementsIn(document)), []);
  return [
    { known: true, document: { Version: '2012-10-17', Statement: statements } },
    ...[...sources, ...own].filter((part) => !part.known),
  ];
}

function partsIfKnown({ after, afterUnknown }: Element): readonly Part[] | undefined {
  const text = after?.['json'];
  if (isMarked(markOf(afterUnknown, 'json')) || typeof text !== 'string') return undefined;
  return [{ known: true, document: text }];
}

function included(view: PlanView, element: Element, argument: string, depth: number): readonly Part[] {
  if (isMarked(markOf(element.afterUnknown, argument))) {
    const found = view.referredBy(element, argument);
    const documents = found.filter(({ to }) => to.type === 'aws_iam_policy_document');
    if (documents.length === 0 || documents.length < found.length) return unseen(view.whyUnknown(element, argument));
    return documents.flatMap(({ to }) => documentOf(view, to, depth + 1));
  }
  const texts = element.after?.[argument];
  return Array.isArray(texts) ? texts.flatMap((text) => taken(String(text))) : [];
}

function taken(text: string): readonly Part[] {
  return parsed(text) === undefined
    ? unseen('takes in a document that is not JSON')
    : [{ known: true, document: text }];
}

function ownStatements(view: PlanView, element: Element): readonly Part[] {
  if (markOf(element.afterUnknown, 'statement') === true) return unseen(view.whyUnknown(element, 'statement'));
  const planned = rows(element.after?.['statement']);
  const unknowns = markOf(element.afterUnknown, 'statement');
  const written = rows(element.module === '' ? view.synthesized.argument(element.reference, 'statement') : undefined);
  return planned.map((statement, index): Part => {
    const unknown: unknown = Array.isArray(unknowns) ? unknowns[index] : undefined;
    const whole = completed(statement, unknown, planned.length === written.length ? written[index] : undefined);
    return whole === undefined
      ? {
          known: false,
          why: `has a statement in ${element.subject.address} that ${view.whyUnknown(element, 'statement')}`,
        }
      : { known: true, document: { Version: '2012-10-17', Statement: [statementOf(whole)] } };
  });
}

/** A statement whose unknown arguments are taken from what the CDK wrote; undefined when they are not there either. */
function completed(planned: Row, unknown: unknown, written: Row | undefined): Row | undefined {
  const missing = STATEMENT_ARGUMENTS.filter((name) => isMarked(markOf(unknown, name)));
  const replaced = missing.map((name) => [name, unescaped(written?.[name])] as const);
  const readable = replaced.every(
    ([name, value]) =>
      (Array.isArray(value) || isRow(value)) &&
      !(Array.isArray(value) && value.some((one) => name !== 'resources' && isExpression(one))),
  );
  return readable ? { ...planned, ...Object.fromEntries(replaced) } : undefined;
}

const isExpression = (value: unknown): boolean => typeof value === 'string' && value.startsWith('${');

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function asObject(document: string | object): object {
  return typeof document === 'string' ? (parsed(document) ?? {}) : document;
}

/** In Terraform's text `$${` stands for `${`. */
function unescaped<T>(value: T): T {
  if (typeof value === 'string') return value.replace(/\$\$\{/g, '${') as T;
  if (Array.isArray(value)) return value.map((item: unknown) => unescaped(item)) as T;
  if (!isRow(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [unescaped(name), unescaped(inner)])) as T;
}
