/**
 * What a review of a plan, or a run for drift, has to say: plain data, in the order in which people should read it. Built
 * by {@link buildReview} or the drift run, told by the renderers. Nothing in here holds a sensitive value.
 */
import type { Attribution } from '../attribution';
import type { Origin } from '../facts';
import type { Evidence, Ignore, Severity } from '../rules';

/** Version of the JSON form: the major one changes when a reader of the old form would be misled. */
export const SCHEMA_VERSION = '1.0';

/**
 * How much an item weighs. `error` and `warn` are mistakes, by the severity of their rule. `unknown`: it could not be
 * told, and is never a pass. `note`: worth reading, never counts. `pass`: looked, and found nothing.
 */
export type Level = 'error' | 'warn' | 'unknown' | 'note' | 'pass';

/** Levels, worst first. */
export const LEVELS: readonly Level[] = ['error', 'warn', 'unknown', 'note', 'pass'];

/**
 * What kind of difference an item is, in a run for drift: changed outside of Terraform · configuration that is not applied
 * yet · computed values that move by themselves · could not be looked at. Items of a review have none.
 */
export type Category = 'drift' | 'pending' | 'noise' | 'unseen';

/** One thing to know: an answer of a rule, or a difference. */
export interface Item {
  /** Stable from run to run, and from code to plan to account: rule, address, and what tells it from others. */
  readonly id: string;
  /** Rule that says so: `hold/release-guard`, `drift/hold-released`. */
  readonly rule: string;
  readonly level: Level;
  /** Severity of the rule: what an item of level `unknown` would be, were it told. */
  readonly severity: Severity;
  readonly category?: Category;
  /** Name of the {@link Target} it was found in. */
  readonly target: string;
  /** What it is about: address, attribute, construct path, source line, as far as known. */
  readonly place: Origin;
  /** The point, one line without markup, capital first, no full stop: "Releases the legal hold on 412 conversations". */
  readonly headline: string;
  /** What is the case, in sentences. */
  readonly text: string;
  /** Everything that follows from this one cause, the worst first; left out where there is one consequence only. */
  readonly consequences?: readonly Consequence[];
  readonly evidence: readonly Evidence[];
  /** What to do, to be followed literally; empty when there is nothing to do. May have several lines. */
  readonly remedy: string;
  /** The command that prints the page about the rule: `npx --no-install genesyscloud-compliance explain hold/release-guard`. */
  readonly help?: string;
  /** The severity was set by configuration, and why. */
  readonly changed?: { readonly from: Severity; readonly reason: string };
  /** Somebody decided to live with it until this day. It stays visible and does not count. */
  readonly ignored?: { readonly reason: string; readonly until: string };
  /** Day it was first seen, `2026-11-23`: from the baseline of a run for drift. */
  readonly firstSeen?: string;
  /** Whose act it was, by the records of Genesys Cloud and AWS, or why that is unknown; left out where no record was asked. */
  readonly who?: readonly WhoShare[];
}

/** What one actor did of a finding, or how much of it is unknown for one reason. */
export type WhoShare = Attribution & {
  /** Conversations, object versions or settings. */
  readonly count: number;
  /** When the last of several acts was; ISO-8601 in UTC. */
  readonly until?: string;
};

/** A finding that shares its cause with others. */
export interface Consequence {
  /** Stable, as that of an item: it is what an ignore or a baseline knows the finding by. */
  readonly id: string;
  readonly rule: string;
  /** One line without a full stop. */
  readonly headline: string;
}

/** What Terraform does to a resource. `forget`: it leaves the state and stays in the world. */
export type Action = 'destroy' | 'replace' | 'forget' | 'update' | 'create' | 'import' | 'move' | 'read' | 'none';

/** Actions, those that take away first. */
export const ACTIONS: readonly Action[] = [
  'destroy',
  'replace',
  'forget',
  'update',
  'create',
  'import',
  'move',
  'read',
  'none',
];

/** What happens to one resource of this product, or to a role or bucket it relies on, in words. */
export interface Change {
  readonly target: string;
  readonly place: Origin;
  /** Resource type, `genesyscloud_compliance_legalhold`. */
  readonly type: string;
  readonly action: Action;
  /** Set for a move: the address it had. */
  readonly previousAddress?: string;
  /** What it means, each a sentence without its subject: "re-exports 31 days". Worst first. */
  readonly sentences: readonly string[];
  /** Old and new values of an update, ten at most; left out where there are none to show. */
  readonly values?: readonly ValueChange[];
  /** How many more values change. */
  readonly moreValues?: number;
  /** Whether something that is preserved is given up. */
  readonly loses: boolean;
}

/** One value before and after, ready to be shown: secrets are covered, and long ones have lost their middle. */
export interface ValueChange {
  /** Name of the attribute, with the way into its blocks: `versioning_configuration.status`. */
  readonly attribute: string;
  /** Null for an entry that a set or list gains. */
  readonly before: string | null;
  /** Null for an entry that it loses. */
  readonly after: string | null;
}

/** What was looked at: a plan, a stack, a folder. */
export interface Target {
  /** What people call it: the stack, or the file. Unique in a report. */
  readonly name: string;
  /** `partial`: there is something to look at, but not all (an errored plan). `failed`: there is nothing. */
  readonly state: 'complete' | 'partial' | 'failed';
  /** Why it is not complete, and what to do; several when there are several reasons. */
  readonly problems: readonly string[];
  /** Number of managed resources by action, `none` included. */
  readonly counts: Readonly<Partial<Record<Action, number>>>;
  /** Whether any of it belongs to this product, so that "nothing to look at" can be said. */
  readonly concerned: boolean;
}

/** What a policy says before and after, for one role, bucket or key. */
export interface PermissionChange {
  readonly target: string;
  /** The policy's place. */
  readonly place: Origin;
  /** Who or what it is about: `role aws_iam_role.exporter`. */
  readonly holder: string;
  /** Lines that go and come, `Allow s3:PutObjectTagging on arn:aws:s3:::recordings/*`; sorted. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Why one side is unknown; null when both are known. */
  readonly unseen: string | null;
}

/** A picture of what belongs together, drawn with Mermaid. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
}

export interface PictureNode {
  /** Address of the resource. */
  readonly id: string;
  readonly kind: 'export' | 'hold' | 'objects' | 'bucket' | 'role';
  /** Two or three words and a number: "SMS export, 31 days". */
  readonly label: string;
  readonly action: Action;
  readonly loses: boolean;
}

/** What applying will take, as far as the plan tells. A null is not known before the apply. */
export interface WorkEstimate {
  /** Recording jobs that will run. */
  readonly jobs: number | null;
  /** Requests to Genesys Cloud, at least. */
  readonly requests: number | null;
  /** Least time in seconds, by the request budget alone. */
  readonly seconds: number | null;
  /** Conversations that will be put on hold. */
  readonly conversations: number | null;
  /** How it was counted, and what is not in it; sentences. */
  readonly basis: readonly string[];
}

/** The whole of what is said. */
export interface ReviewReport {
  readonly kind: 'review' | 'drift';
  /** First line: "Plan review: 1 error, 2 warnings". */
  readonly title: string;
  readonly targets: readonly Target[];
  /** Worst first, then by target and address; passes last. */
  readonly items: readonly Item[];
  /** Those that take away first. */
  readonly changes: readonly Change[];
  readonly permissions: readonly PermissionChange[];
  /** Null when there is nothing to draw. */
  readonly picture: Picture | null;
  /** Null when nothing will run. */
  readonly work: WorkEstimate | null;
  /** Rules that were switched off, with the reason. */
  readonly off: readonly { readonly rule: string; readonly reason: string }[];
  /** Ignores that no longer hold or match nothing: to be removed. Those of a run for drift name no single rule: `drift/*`. */
  readonly stale: readonly {
    readonly ignore: Omit<Ignore, 'rule'> & { readonly rule: string };
    readonly why: string;
  }[];
}

/** Items that count: neither passes, notes nor ignored ones. */
export function countingItems(report: ReviewReport): readonly Item[] {
  return report.items.filter(({ level, ignored }) => level !== 'pass' && level !== 'note' && ignored === undefined);
}

/** Number of items by level, ignored ones apart. */
export function tally(report: ReviewReport): Readonly<Record<Level | 'ignored', number>> {
  const counts = { error: 0, warn: 0, unknown: 0, note: 0, pass: 0, ignored: 0 };
  for (const { level, ignored } of report.items)
    counts[ignored === undefined || level === 'pass' ? level : 'ignored']++;
  return counts;
}

/** What counts. */
export interface Counting {
  /** From which severity on an item counts. */
  readonly failOn: Severity;
  /** Whether what could not be told keeps the answer from being clean. */
  readonly strict: boolean;
}

/**
 * 2: there are items at or above `failOn`. 1: something could not be looked at or, when strict, not be told. 0: clean. A
 * finding wins over what could not be looked at: it stays true, whatever the rest holds.
 */
export function exitCode(report: ReviewReport, { failOn, strict }: Counting): 0 | 1 | 2 {
  const counts = tally(report);
  if (counts.error > 0 || (failOn === 'warn' && counts.warn > 0)) return 2;
  if (report.targets.some(({ state }) => state !== 'complete')) return 1;
  const isOpen = ({ level, severity }: Item): boolean =>
    level === 'unknown' && (failOn === 'warn' || severity === 'error');
  return strict && countingItems(report).some(isOpen) ? 1 : 0;
}
