/** Reads answers at the door: what an answer says, or that it is not one of Genesys Cloud's at all. */
import * as v from 'valibot';
import type { Asked, Operation } from './operation';
import type { Answer } from './transport';

/** What an answer turned out to be. */
export type Reading<Body> =
  /** What the contract promises, about what was asked. */
  | { readonly kind: 'success'; readonly body: Body }
  /** Genesys Cloud says no, or not now. */
  | { readonly kind: 'refusal' }
  /** Something else answered, or only a part of an answer came. Nothing may be concluded from it. */
  | { readonly kind: 'foreign'; readonly why: string };

/** Reads an answer. Pure. */
export function read<Body>(
  request: { readonly operation: Operation<Body> } & Asked,
  answer: Answer,
  isRefusal: (answer: Answer) => boolean = isGenesysError,
): Reading<Body> {
  if (answer.status >= 400) {
    return isRefusal(answer)
      ? { kind: 'refusal' }
      : { kind: 'foreign', why: `the body is not an error of Genesys Cloud's` };
  }
  const { answers } = request.operation;
  const shape = answers[answer.status];
  if (shape === undefined) {
    const expected = Object.keys(answers).join(' or ');
    return { kind: 'foreign', why: `expected HTTP ${expected}` };
  }
  const parsed = v.safeParse(shape, answer.body, { abortEarly: true });
  if (!parsed.success) return { kind: 'foreign', why: misfit(answer, parsed.issues[0]) };
  if (!isJson(answer)) return { kind: 'foreign', why: 'the body is not JSON' };
  const stray = request.operation.stray?.(parsed.output, request);
  return stray === undefined ? { kind: 'success', body: parsed.output } : { kind: 'foreign', why: stray };
}

/**
 * True for the error body that Genesys Cloud sends: `message` and `code`. A 404 decides that something does not exist, so
 * there the status and the context id that Genesys Cloud always adds are wanted, too: gateways have JSON pages of their own.
 */
export function isGenesysError(answer: Answer): boolean {
  if (!v.is(errorBody, answer.body)) return false;
  const { status, contextId } = answer.body;
  if (status != null && status !== answer.status) return false;
  return answer.status !== 404 || (status === 404 && typeof contextId === 'string' && contextId !== '');
}

const errorBody = v.object({
  message: v.string(),
  code: v.pipe(v.string(), v.minLength(1)),
  status: v.nullish(v.number()),
  contextId: v.nullish(v.string()),
});

/** An empty body has no type; a transport that names none has parsed the body by itself. */
function isJson({ headers, body }: Answer): boolean {
  const type = headers['content-type'];
  return type === undefined || body === '' || body == null || /[/+]json\b/i.test(type);
}

function misfit(answer: Answer, issue: v.BaseIssue<unknown>): string {
  const { body } = answer;
  if (body === '' || body == null) return 'the body is empty';
  if (typeof body === 'string') return 'the body is not JSON, or was cut short';
  const place = v.getDotPath(issue);
  return place === null ? `the body ${plain(issue)}` : `${place} ${plain(issue)}`;
}

/** Without the value: it may be of any length, and of anybody. */
function plain(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'check' || issue.type === 'custom') return issue.message;
  if (issue.input === undefined) return 'is missing';
  return `is not as expected (${issue.expected ?? issue.type})`;
}
