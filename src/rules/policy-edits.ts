/**
 * Changes to policies, written where the policy is: as JSON, or as blocks of the `data "aws_iam_policy_document"` that renders it.
 */
import type { DocumentSource, Facts, Origin, RenderedBy } from '../facts';
import { languageOf, policiesAt } from './remedy-places';
import type { Evidence } from './rule';
import { argumentsOf, blockText, conditionsOf, propsText, VARIABLE } from './statement-block';
import { isObject, parsed, type StatementJson } from './statement-json';
import { originText } from './wording';

/** Words and the statement to add to the policy at a place. */
export function addStatement(facts: Facts, origin: Origin, statement: StatementJson): string {
  const document = renderedAt(facts, origin)?.by;
  if (document === undefined) return `Add this statement to ${originText(origin)}:\n${jsonText(facts, statement)}`;
  return `Add this statement to ${originText(document)}:\n${statementText(facts, document, statement)}`;
}

/** Words and the statement to write instead of one that is there. */
export function writeInstead(facts: Facts, one: Evidence, statement: StatementJson): string {
  const document = documentOf(facts, one);
  if (document === undefined) return `Write instead of ${one.what}:\n${jsonText(facts, statement)}`;
  return `Write instead of ${one.what}, in ${originText(document)}:\n${statementText(facts, document, statement)}`;
}

/** A statement as it is written beside one that is there. */
export function statementBeside(facts: Facts, one: Evidence, statement: StatementJson): string {
  const document = documentOf(facts, one);
  return document === undefined ? jsonText(facts, statement) : statementText(facts, document, statement);
}

/** Words and what to write into the condition of a statement; `instead` names the operator that is replaced. */
export function writeCondition(facts: Facts, one: Evidence, condition: StatementJson, instead?: string): string {
  const document = documentOf(facts, one);
  if (document === undefined) {
    const words =
      instead === undefined
        ? `Add to the Condition of ${one.what}:`
        : `Write in the Condition of ${one.what}, instead of its ${instead}:`;
    return `${words}\n${jsonText(facts, condition)}`;
  }
  const place = `${one.what}, in ${originText(document)}`;
  const words = instead === undefined ? `Add to ${place}:` : `Write in ${place}, instead of its ${instead}:`;
  return conditionsOf(condition)
    .map((each) =>
      languageOf(facts, document) === 'cdktf'
        ? `${words}\n${propsText({ condition: [each] })}`
        : `${words}\n${blockText('condition', each)}`,
    )
    .join('\n');
}

/** `, in data.aws_iam_policy_document.guard`: where a statement is written; empty where that is clear. */
export function whereWritten(facts: Facts, one: Evidence): string {
  const document = documentOf(facts, one);
  return document === undefined ? '' : `, in ${originText(document)}`;
}

/** A whole policy with one statement. */
export function writeWhole(facts: Facts, what: string, origin: Origin, statement: StatementJson): string {
  const document = renderedAt(facts, origin)?.by;
  if (document === undefined) {
    return `Make ${what} say:\n${jsonText(facts, wholeOf(statement))}`;
  }
  return `Make ${originText(document)} write this statement and no other:\n${statementText(facts, document, statement)}`;
}

/** A policy with one statement. */
export function wholeOf(Statement: StatementJson): StatementJson {
  return { Version: '2012-10-17', Statement };
}

/** JSON as it is pasted into a configuration, where `${…}` is Terraform's. */
export function jsonText({ moment }: Facts, json: StatementJson): string {
  const text = JSON.stringify(json, null, 2);
  return moment === 'live' ? text : text.replace(VARIABLE, '$$$${');
}

function statementText(facts: Facts, document: DocumentSource, statement: StatementJson): string {
  const given = argumentsOf(statement);
  return languageOf(facts, document) === 'cdktf' ? propsText(given) : blockText('statement', given);
}

function renderedAt(facts: Facts, origin: Origin): RenderedBy | undefined {
  return policiesAt(facts, origin).find(({ rendered }) => rendered !== undefined)?.rendered;
}

/** The document that a statement is written in: of several that say the same, the one that wins. */
function documentOf(facts: Facts, { origin, text }: Evidence): DocumentSource | undefined {
  const rendered = renderedAt(facts, origin);
  if (rendered === undefined) return undefined;
  const wanted = sameForm(parsed(text));
  return rendered.from.find(({ statements }) => statements.some((one) => sameForm(one) === wanted)) ?? rendered.by;
}

/** A statement in one form, however lists and names are written. */
function sameForm(value: unknown): string {
  const form = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.length === 1 ? form(one[0]) : one.map(form).sort();
    if (!isObject(one)) return one;
    return Object.fromEntries(
      Object.entries(one)
        .filter(([key, inner]) => key !== 'Sid' || inner !== '')
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, form(inner)]),
    );
  };
  return JSON.stringify(form(value));
}
