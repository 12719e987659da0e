import { mergeStatements, STATEMENT_ARGUMENTS, statementOf, statementsIn } from '../policy-statement';
import type { Policies, PolicyPart } from './policies';
import type { Element } from './tree';
import { whyUnseen, type Values } from './values';

/**
 * What `data.aws_iam_policy_document` renders. Documents that it takes in and that cannot be read come out as parts of
 * their own, so that a Deny in what can be read still counts.
 */
export function documentParts(
  element: Element,
  policies: Policies,
  values: Values,
  depth: number,
): readonly PolicyPart[] {
  const sources = included(element, ['source_policy_documents', 'source_json'], policies, depth);
  const overrides = included(element, ['override_policy_documents', 'override_json'], policies, depth);
  const own = ownStatements(element, values);

  const hiddenOverride = overrides.find((part) => !part.known);
  if (hiddenOverride !== undefined) {
    return [{ known: false, why: `may be replaced by an override document that ${why(hiddenOverride)}` }];
  }
  const statements = [...sources, ...own, ...overrides]
    .filter((part) => part.known)
    .reduce<readonly object[]>((all, part) => mergeStatements(all, statementsIn(part.document)), []);
  return [
    { known: true, document: { Version: '2012-10-17', Statement: statements } },
    ...[...sources, ...own].filter((part) => !part.known),
  ];
}

const why = (part: PolicyPart): string => (part.known ? '' : part.why);

/** Documents taken in by these attributes: a list of texts, or one text. */
function included(
  element: Element,
  attributes: readonly string[],
  policies: Policies,
  depth: number,
): readonly PolicyPart[] {
  return attributes.flatMap((attribute): readonly PolicyPart[] => {
    const raw = element.attributes[attribute];
    if (raw === undefined) return [];
    if (!Array.isArray(raw)) return policies.parts(raw, element, depth);
    const items = raw as readonly unknown[];
    const isToken = items.length === 1 && typeof items[0] === 'string' && items[0].startsWith('#{TfToken[');
    if (isToken) return [{ known: false, why: `is a computed list (${element.reference}.${attribute})` }];
    return items.flatMap((item) => policies.parts(item, element, depth));
  });
}

/** What a document takes in, as it was written, in order. */
export function includedIn({ attributes }: Element, kind: 'override' | 'source'): readonly unknown[] {
  return [`${kind}_policy_documents`, `${kind}_json`].flatMap((name) => attributes[name] ?? []);
}

/** The statements that are written in a document, as far as they are known. */
export function writtenIn(element: Element, values: Values): readonly object[] {
  return ownStatements(element, values).flatMap((part) => (part.known ? statementsIn(part.document) : []));
}

function ownStatements(element: Element, values: Values): readonly PolicyPart[] {
  const parts: PolicyPart[] = [];
  const dynamic = element.attributes['dynamic'];
  if (typeof dynamic === 'object' && dynamic !== null && 'statement' in dynamic) {
    parts.push({ known: false, why: `has statements made by a dynamic block in ${element.reference}` });
  }
  const raw = element.attributes['statement'];
  if (raw === undefined) return parts;
  const written = values.plain(raw, element);
  if (typeof written === 'string') return [...parts, { known: false, why: whyUnseen(written) }];
  const statements = Array.isArray(written) ? (written as unknown[]) : [written];
  return [...parts, ...statements.map((statement) => translate(statement, element.reference))];
}

/** One statement block in the words of IAM's JSON. Keys come in Terraform's spelling or, from lazy values, in camel case. */
function translate(statement: unknown, reference: string): PolicyPart {
  if (typeof statement !== 'object' || statement === null) {
    return { known: false, why: `has a computed statement in ${reference}` };
  }
  const given = Object.fromEntries(Object.entries(statement).map(([key, value]) => [snake(key), value]));
  if ('dynamic' in given) return { known: false, why: `has a statement with a dynamic block in ${reference}` };
  const computed = STATEMENT_ARGUMENTS.find((name) => typeof given[name] === 'string');
  if (computed !== undefined) {
    return {
      known: false,
      why: `has a statement in ${reference} whose ${computed} ${whyUnseen(String(given[computed]))}`,
    };
  }
  return { known: true, document: { Version: '2012-10-17', Statement: [statementOf(given)] } };
}

const snake = (key: string): string => key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
