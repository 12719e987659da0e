/** Everybody who can lift a hold in a bucket or rewrite what prevents that, with the path that leads there. */
import {
  type Blocker,
  type Caller,
  type PolicyKind,
  type PolicySource,
  evaluate,
  evaluateAnywhere,
  readPolicy,
  replaceExpressions,
} from '../../iam';
import type { BucketFact, Facts, PolicyFact, PrincipalFact } from '../../facts';
import { bucketArn } from '../assignments';
import { mayDoSomewhere } from '../permission';
import { knownExpressions, policySource } from '../policy-sources';
import { roleArn } from '../request';
import type { Evidence } from '../rule';
import { keyOf, LEGAL_HOLD, TARGETS, type Target } from './targets';
import { narrowedTo } from './concerned';
import { accountNamed, admittedBy, callerNamed, nameInWords } from './named';
import { EVERYTHING, Ways, type Way } from './ways';

/** One step from a principal to the next one. */
export interface Step extends Way {
  /** Address of the role or user that it leads to. */
  readonly to: string;
}

/** How one principal comes to lift a hold. */
export interface ReleasePath {
  /** Its address, or its ARN or account where it is not among the facts. */
  readonly principal: string;
  readonly steps: readonly Step[];
  /** What the last one may do; empty for somebody who may make itself do anything. */
  readonly targets: readonly Target[];
  readonly isSure: boolean;
  /** What stands in the way of an answer; empty where it is sure. */
  readonly blockers: readonly Blocker[];
  /** It is there for releasing: a release role, or who is named by the trust policy of one. */
  readonly isDeclared: boolean;
  readonly evidence: readonly Evidence[];
}

/** What is asked for each bucket: everybody who is known to be able, and everybody of whom that is unknown. */
export function releasePaths(facts: Facts, bucket: BucketFact): readonly ReleasePath[] {
  const known = PATHS.get(facts)?.get(bucket.address);
  if (known !== undefined) return known;
  const paths = new Search(facts, bucket).run();
  const byBucket = PATHS.get(facts) ?? new Map<string, readonly ReleasePath[]>();
  PATHS.set(facts, byBucket.set(bucket.address, paths));
  return paths;
}

/** The rule and the picture ask the same. */
const PATHS = new WeakMap<Facts, Map<string, readonly ReleasePath[]>>();
/** Who may climb is the same for all buckets. */
const WAYS = new WeakMap<Facts, Ways>();

class Search {
  private readonly found = new Map<string, ReleasePath>();
  private readonly seen: readonly PrincipalFact[];
  private readonly releasers: ReadonlySet<string>;
  private readonly ways: Ways;

  constructor(
    private readonly facts: Facts,
    private readonly bucket: BucketFact,
  ) {
    this.seen = facts.principals?.seen ?? [];
    this.releasers = new Set(
      facts.duties.flatMap(({ duty, role, bucket: on }) =>
        duty === 'release' && role.known && on.known && on.value === bucket.address ? [role.value] : [],
      ),
    );
    this.ways = WAYS.get(facts) ?? new Ways(facts);
    WAYS.set(facts, this.ways);
  }

  run(): readonly ReleasePath[] {
    for (const one of narrowedTo(this.facts, this.bucket)) this.note(this.direct(one));
    this.outsiders(
      'bucket',
      this.bucket.policies,
      TARGETS.filter(({ on }) => on !== 'key'),
    );
    const key = keyOf(this.facts, this.bucket);
    if (key !== undefined)
      this.outsiders(
        'key',
        [key.policy],
        TARGETS.filter(({ on }) => on === 'key'),
      );
    for (const one of this.ways.climbing) this.note(this.rewritesItself(one));
    this.climb();
    return [...this.found.values()];
  }

  private direct(principal: PrincipalFact): ReleasePath | null {
    const arn = bucketArn(this.bucket)!;
    const key = keyOf(this.facts, this.bucket);
    const answers = TARGETS.filter(({ on }) => on !== 'key' || key !== undefined).map((target) => ({
      target,
      permission: mayDoSomewhere(this.facts, {
        role: principal,
        bucket: this.bucket,
        ...(target.on === 'key' ? { key: key! } : {}),
        action: target.action,
        resource: { every: target.on === 'objects' ? `${arn}/*` : target.on === 'bucket' ? arn : arnOfKey(key!) },
        ...(target.action === LEGAL_HOLD ? { context: TAKING_OFF } : {}),
      }),
    }));
    const able = answers.filter(({ permission }) => permission.answer.decision === 'Allowed');
    const open = answers.filter(({ permission }) => permission.answer.decision === 'Unknown');
    const [isSure, meant] = able.length > 0 ? [true, able] : [false, open];
    if (meant.length === 0) return null;
    return {
      principal: principal.address,
      steps: [],
      targets: meant.map(({ target }) => target),
      isSure,
      blockers: isSure ? [] : open.flatMap(({ permission }) => permission.answer.blockers),
      isDeclared: this.releasers.has(principal.address),
      evidence: meant.flatMap(({ permission }) => permission.evidence),
    };
  }

  /** Who may rewrite its own policies may do anything that the bucket policy does not deny it. */
  private rewritesItself(principal: PrincipalFact): ReleasePath | null {
    if (this.found.get(principal.address)?.isSure === true) return null;
    const [way] = this.ways.toItself(principal);
    if (way === undefined) return null;
    const targets = this.allowedTo(
      callerOf(principal),
      TARGETS.filter(({ on }) => on !== 'key'),
      [],
      'same',
    );
    if (targets.length === 0) return null;
    return {
      principal: principal.address,
      steps: [{ ...way, to: principal.address }],
      targets: [],
      isSure: way.isSure && targets.some(({ isSure }) => isSure),
      blockers: way.blockers,
      isDeclared: this.releasers.has(principal.address),
      evidence: [],
    };
  }

  /** Principals that a policy of the bucket or its key names and that are not among the facts. */
  private outsiders(kind: PolicyKind, policies: readonly PolicyFact[], targets: readonly Target[]): void {
    for (const policy of policies) {
      const source = policySource(policy, kind, knownExpressions(this.facts));
      const read = readPolicy(source);
      if (!read.seen) continue;
      for (const name of admittedBy(read.document).filter((one) => !this.isSeen(one))) {
        // The account itself is delegated to: what its roles may is asked of each of them.
        if (kind === 'key' && accountNamed(name) !== null) continue;
        const caller = callerNamed(name);
        if (caller === null) continue;
        const able = this.allowedTo(caller, targets, [source], 'cross');
        if (able.length === 0) continue;
        const isSure = able.some((one) => one.isSure);
        this.note({
          principal: nameInWords(name),
          steps: [],
          targets: able.filter((one) => one.isSure === isSure).map(({ target }) => target),
          isSure,
          blockers: isSure ? [] : (able[0]?.blockers ?? []),
          isDeclared: false,
          evidence: [{ origin: policy.origin, what: `the ${kind} policy ${policy.name}` }],
        });
      }
    }
  }

  /** What somebody may do whose own policies allow everything. */
  private allowedTo(
    caller: Caller,
    targets: readonly Target[],
    more: readonly PolicySource[],
    accounts: 'same' | 'cross',
  ): readonly { readonly target: Target; readonly isSure: boolean; readonly blockers: readonly Blocker[] }[] {
    const arn = bucketArn(this.bucket)!;
    const key = keyOf(this.facts, this.bucket);
    const policies = [
      EVERYTHING,
      ...(more.length > 0
        ? more
        : this.bucket.policies.map((one) => policySource(one, 'bucket', knownExpressions(this.facts)))),
    ];
    const principal: Readonly<Record<string, string>> = 'arn' in caller ? { 'aws:PrincipalArn': caller.arn } : {};
    return targets.flatMap((target) => {
      const every = target.on === 'objects' ? `${arn}/*` : target.on === 'bucket' ? arn : key && arnOfKey(key);
      const { decision, blockers } = evaluateAnywhere(policies, {
        action: target.action,
        resource: { every: every ?? '*' },
        caller,
        accounts,
        context: {
          values: {
            'aws:SecureTransport': 'true',
            ...principal,
            ...(target.action === LEGAL_HOLD ? TAKING_OFF : {}),
          },
          others: 'unknown',
        },
        ignorePartition: true,
      });
      if (decision !== 'Allowed' && decision !== 'Unknown') return [];
      const isSure = decision === 'Allowed';
      return [{ target, isSure, blockers: isSure ? [] : blockers }];
    });
  }

  /** Whoever comes to somebody who is able, is able. */
  private climb(): void {
    const queue = this.seen.filter(({ address }) => this.found.has(address));
    for (const role of this.seen) {
      // A release role opens the way even where its own policy is not seen to.
      if (this.releasers.has(role.address) && !queue.includes(role)) queue.push(role);
    }
    for (const to of queue) {
      const onward = this.found.get(to.address);
      for (const from of this.ways.perhapsTo(to)) {
        if (from === to || this.found.get(from.address)?.isSure === true) continue;
        const [way] = this.ways.between(from, to);
        if (way === undefined) continue;
        if (this.note(this.through(from.address, { ...way, to: to.address }, onward))) queue.push(from);
      }
      this.trusted(to, onward);
    }
  }

  private through(principal: string, step: Step, onward: ReleasePath | undefined): ReleasePath {
    const isSure = step.isSure && onward?.isSure === true;
    return {
      principal,
      steps: [step, ...(onward?.steps ?? [])],
      targets: onward?.targets ?? [],
      isSure,
      blockers: isSure ? [] : [...step.blockers, ...(onward?.blockers ?? [])],
      isDeclared: this.isNamedBy(principal, step),
      evidence: onward?.evidence ?? [],
    };
  }

  /** A release role is there for those whom its trust policy names one by one. */
  private isNamedBy(principal: string, { verb, to }: Step): boolean {
    if (verb !== 'assumes' || !this.releasers.has(to)) return false;
    const names = this.trustNames(to).map((name) => nameInWords(name));
    const own = this.seen.find(({ address }) => address === principal);
    return names.includes(principal) || (own !== undefined && names.includes(this.arnOf(own)));
  }

  private trustNames(address: string): readonly string[] {
    const trust = this.seen.find((one) => one.address === address)?.trustPolicy ?? null;
    const read = trust === null ? null : readPolicy(policySource(trust, 'trust', knownExpressions(this.facts)));
    return read?.seen === true ? admittedBy(read.document) : [];
  }

  /** Those that the trust policy of an able role names and that are not among the facts. */
  private trusted(to: PrincipalFact, onward: ReleasePath | undefined): void {
    if (to.trustPolicy === null) return;
    const source = policySource(to.trustPolicy, 'trust', knownExpressions(this.facts));
    for (const name of this.trustNames(to.address).filter((one) => !this.isSeen(one))) {
      const account = accountNamed(name);
      const isOwn = account !== null && (!to.accountId.known || to.accountId.value === account);
      // All of the account are among the facts, and each was asked.
      if (isOwn && this.facts.principals?.others === null) continue;
      const caller = callerNamed(name);
      const { decision, blockers } =
        caller === null
          ? { decision: 'Allowed' as const, blockers: [] }
          : evaluate([EVERYTHING, source], {
              action: 'sts:AssumeRole',
              resource: { exactly: roleArn(to) },
              caller,
              accounts: 'cross',
              ignorePartition: true,
            });
      if (decision !== 'Allowed' && decision !== 'Unknown') continue;
      const isSure = decision === 'Allowed' && !isOwn;
      const step: Step = {
        verb: 'assumes',
        action: 'sts:AssumeRole',
        isSure,
        blockers: isSure
          ? []
          : isOwn
            ? [{ kind: 'other', text: `who in the account ${account} may assume ${to.address}` }]
            : blockers,
        to: to.address,
      };
      this.note(this.through(nameInWords(name), step, onward));
    }
  }

  /** Whether it is news: a sure path is kept rather than one that is not, else the shorter one, which is found first. */
  private note(path: ReleasePath | null): boolean {
    if (path === null) return false;
    const known = this.found.get(path.principal);
    if (known !== undefined && (known.isSure || !path.isSure)) return false;
    this.found.set(path.principal, path);
    return true;
  }

  private isSeen(name: string): boolean {
    return this.arns.has(name);
  }

  private get arns(): ReadonlySet<string> {
    const known = ARNS.get(this.facts) ?? new Set(this.seen.map((one) => this.arnOf(one)));
    ARNS.set(this.facts, known);
    return known;
  }

  private arnOf(principal: PrincipalFact): string {
    return replaceExpressions(roleArn(principal), knownExpressions(this.facts));
  }
}

const ARNS = new WeakMap<Facts, ReadonlySet<string>>();

const TAKING_OFF: Readonly<Record<string, string>> = { 's3:object-lock-legal-hold': 'OFF' };

function arnOfKey({
  arn,
  address,
}: {
  readonly arn: { readonly known: boolean; readonly value?: string };
  readonly address: string;
}): string {
  return arn.value ?? `\${${address}.arn}`;
}

function callerOf(principal: PrincipalFact): Caller {
  const account = principal.accountId.known ? principal.accountId.value : null;
  return { kind: principal.kind, arn: roleArn(principal), account };
}
