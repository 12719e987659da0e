/**
 * Whether the principals of a statement include the caller, and how directly.
 *
 * Facts (IAM user guide, "Principal", "NotPrincipal"): an account id and the account's root ARN mean the same, the whole
 * account, which in an Allow only delegates to that account's own policies; `*` is everyone; with NotPrincipal and Deny a
 * role escapes only if role, session and account are all listed. A canonical user is an account by another name, which the
 * account's number does not tell.
 */
import { covers } from './containment';
import type { Element, PrincipalElement } from './document';
import { compile } from './pattern';
import type { Caller } from './question';
import { NO, type Truth, YES, and, blockersOf, or, truthOf, unknown } from './truth';

/** How a statement reaches the caller, each three-valued. */
export interface PrincipalMatch {
  /** By the role's or user's ARN, a service's name, or `*`. */
  readonly direct: Truth;
  /** By the ARN of a user or of a role's session: such a grant is not limited by what a boundary leaves out. */
  readonly personal: Truth;
  /** By its account. */
  readonly account: Truth;
}

const EVERYONE: PrincipalMatch = { direct: YES, personal: NO, account: NO };

/** A role calls through a session; whether a session that is named is the one, nobody said. */
const SOME_SESSION: Truth = unknown({ kind: 'other', text: 'the session of the role, which is not known' });

const NOBODY: PrincipalMatch = { direct: NO, personal: NO, account: NO };

/** Identity policies name no principal: they reach whom they are attached to. */
export function matchPrincipal(element: Element<PrincipalElement> | null, caller: Caller | undefined): PrincipalMatch {
  if (element === null) return EVERYONE;
  const listed = matchListed(element.value, caller);
  return element.negated ? { ...NOBODY, direct: notListed(element.value, listed, caller) } : listed;
}

/** Whether a statement reaches the caller in any way, which is enough for a Deny. */
export function reaches(match: PrincipalMatch): Truth {
  return or(match.direct, match.personal, match.account);
}

/** Whether a statement with NotPrincipal applies to the caller: surely not if all that stands for it is listed. */
function notListed(element: PrincipalElement, listed: PrincipalMatch, caller: Caller | undefined): Truth {
  if (element.everyone) return NO;
  // AWS: a Deny with NotPrincipal always applies to a principal with a permissions boundary, whatever it lists.
  if ((caller?.kind === 'role' || caller?.kind === 'user') && caller.bounded === true) return YES;
  const any = reaches(listed);
  if (any.is === 'no') return YES;
  if (and(...whatStandsFor(listed, caller)).is === 'yes') return NO;
  const partly = 'NotPrincipal, which lists some but not all of account, role and session of the caller';
  return unknown(...blockersOf(any), { kind: 'other', text: partly });
}

function whatStandsFor(listed: PrincipalMatch, caller: Caller | undefined): readonly Truth[] {
  switch (caller?.kind) {
    case 'role':
      return [listed.account, listed.direct, caller.session === undefined ? SOME_SESSION : listed.personal];
    case 'user':
      return [listed.account, listed.direct];
    case 'account':
      return [listed.account];
    case 'service':
    case 'anonymous':
    case undefined:
      return [listed.direct];
  }
}

function matchListed(element: PrincipalElement, caller: Caller | undefined): PrincipalMatch {
  if (element.everyone) return EVERYONE;
  if (caller === undefined) {
    const truth = unknown({ kind: 'other', text: 'principals, without a caller to compare them with' });
    return { direct: truth, personal: NO, account: truth };
  }
  if (caller.kind === 'anonymous') return NOBODY;
  if (caller.kind === 'service') {
    const names = element.byType.get('Service') ?? [];
    return { ...NOBODY, direct: or(...names.map((name) => same(name, caller.name))) };
  }
  const matches = (element.byType.get('AWS') ?? []).map((name) => matchAws(name, caller));
  const isStranger = caller.kind === 'account' && caller.isStranger === true;
  const canonical = (element.byType.get('CanonicalUser') ?? []).map((name) =>
    isStranger ? NO : unknown({ kind: 'other', text: `the canonical user ${name}, which may be the caller's account` }),
  );
  return {
    direct: or(...matches.map((match) => match.direct)),
    personal: or(...matches.map((match) => match.personal)),
    account: or(...matches.map((match) => match.account), ...canonical),
  };
}

function matchAws(name: string, caller: Caller & { kind: 'role' | 'user' | 'account' }): PrincipalMatch {
  const account = accountNamed(name);
  if (account !== null) return { ...NOBODY, account: sameAccount(account, caller) };
  if (caller.kind === 'account') {
    return { ...NOBODY, direct: someoneOf(caller, name), account: perhapsAccount(name, caller) };
  }
  const own = ownNamed(name, caller);
  const match: PrincipalMatch = {
    direct: own,
    personal: caller.kind === 'user' ? own : sessionOf(name, caller),
    account: NO,
  };
  return own.is === 'yes' ? match : { ...match, account: perhapsAccount(name, caller) };
}

/** Whether a principal is the role or user that calls. A session's ARN leaves out the path of its role, whose name is its own. */
function ownNamed(name: string, { arn, session }: { readonly arn: string; readonly session?: string }): Truth {
  return session === undefined ? same(name, arn) : same(withoutPath(name), withoutPath(arn));
}

const withoutPath = (arn: string): string => arn.replace(/:role\/[^$]*\//, ':role/');

/** Whether a principal with an expression in it may come to the caller's account: its number, or the ARN of its root. */
function perhapsAccount(name: string, caller: Caller & { kind: 'role' | 'user' | 'account' }): Truth {
  if (!name.includes('${')) return NO;
  const own = caller.account ?? accountOfArn(caller.kind === 'account' ? '' : caller.arn);
  if (own === null) return unknown({ kind: 'token', text: name });
  return or(...[own, `arn:aws:iam::${own}:root`].map((one) => same(name, one)));
}

/** Whether a principal is the session that calls. When none is given it is any session of the role, so one may be it. */
function sessionOf(name: string, { arn, session }: { readonly arn: string; readonly session?: string }): Truth {
  if (session !== undefined) return same(name, session);
  const [, partition = '', account = '', role = ''] =
    /^arn:([^:]+):sts::([^:]+):assumed-role\/([^/]+)\/./.exec(name) ?? [];
  if (role === '') return NO;
  // The ARN of a session leaves out the path of its role.
  const own = same(`arn:${partition}:iam::${account}:role/${role}`, withoutPath(arn));
  return own.is === 'no' ? NO : SOME_SESSION;
}

/** The account that a principal stands for as a whole: `111122223333` or `arn:aws:iam::111122223333:root`. */
function accountNamed(name: string): string | null {
  if (/^\d{12}$/.test(name)) return name;
  return /^arn:(?:\$\{[^}]*\}|[^:]+):iam::(.+):root$/.exec(name)?.[1] ?? null;
}

function sameAccount(account: string, caller: Caller & { kind: 'role' | 'user' | 'account' }): Truth {
  const own = caller.account ?? accountOfArn(caller.kind === 'account' ? '' : caller.arn);
  return own === null
    ? unknown({ kind: 'other', text: 'the account of the caller, which is not known' })
    : same(account, own);
}

/** The account in an ARN; null when it has none or is an expression as a whole. */
export function accountOfArn(arn: string): string | null {
  return /^arn:(?:\$\{[^}]*\}|[^:]+):[a-z0-9-]+:[^:]*:((?:\$\{[^}]*\}|\d)+):/.exec(arn)?.[1] ?? null;
}

/** A single principal of the caller's account may or may not be the one who calls. */
function someoneOf(caller: Caller & { kind: 'account' }, name: string): Truth {
  const account = accountOfArn(name);
  const belongs = account === null ? truthOf(name.includes('${')) : same(account, caller.account);
  if (belongs.is === 'no') return NO;
  return unknown({ kind: 'other', text: `the principal ${name}, who may not be the one who calls` });
}

function same(policy: string, own: string): Truth {
  // Without braces there are neither expressions nor variables in them, only characters.
  if (!policy.includes('{') && !own.includes('{')) return truthOf(policy === own);
  const pattern = compile(policy, { wildcards: false });
  const wanted = compile(own, { wildcards: false });
  return pattern && wanted ? covers([pattern], wanted) : NO;
}
