import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { collectSynthFacts } from '../collect/synth';
import { causesOf, checkRules, isBeyondPlans, type Cause, type Finding, type Report } from '../rules';
import { checksFor, type ComplianceChecksProps } from './check-settings';

/** Marks constructs that report findings. Registered: an app may hold two copies of this package. */
const REPORTS = Symbol.for('genesyscloud-compliance/reports');

/** Makes a construct one that reports; false when it was one already. */
export function markReporter(construct: IConstruct): boolean {
  if (REPORTS in construct) return false;
  Object.defineProperty(construct, REPORTS, { value: true });
  return true;
}

/** What one construct has to report. */
export interface Reported {
  /** What is wrong or unknown, one for each cause. */
  readonly causes: readonly Cause[];
  /** What somebody decided to live with, and what no code can ever tell. */
  readonly notes: readonly Cause[];
  /** What its settings did: rules that are off, ignores that no longer hold. */
  readonly report: Report | undefined;
}

/** One look at an app, shared by all constructs that ask during one pass over it. */
interface Pass {
  readonly told: ReadonlyMap<IConstruct, Pick<Reported, 'causes' | 'notes'>>;
  readonly reports: ReadonlyMap<ComplianceChecksProps, Report>;
  readonly asked: Set<IConstruct>;
  readonly stack: IConstruct | undefined;
}

const NOTHING: Pick<Reported, 'causes' | 'notes'> = { causes: [], notes: [] };

const passes = new WeakMap<IConstruct, Pass>();

/**
 * What a construct reports. The framework does not say when a pass of validations begins, so it is read
 * from who asks: one who asks again begins a new one, and so does another stack, whose aspects have just run.
 */
export function findingsFor(construct: IConstruct): Reported {
  const { root } = construct.node;
  const stack = construct.node.scopes.find((scope) => TerraformStack.isStack(scope));
  let pass = passes.get(root);
  if (pass === undefined || pass.stack !== stack || pass.asked.has(construct)) {
    pass = { ...look(root), asked: new Set(), stack };
    passes.set(root, pass);
  }
  pass.asked.add(construct);
  return { ...(pass.told.get(construct) ?? NOTHING), report: pass.reports.get(checksFor(construct)) };
}

/**
 * Checks the whole app, once for every settings that are in force somewhere, and gives each cause to one reporter: the one of the
 * finding that weighs most.
 */
function look(root: IConstruct): Pick<Pass, 'told' | 'reports'> {
  const facts = collectSynthFacts(root);
  const owners = new Owners(root);
  const told = new Map<IConstruct, { causes: Cause[]; notes: Cause[] }>();
  const reports = new Map<ComplianceChecksProps, Report>();
  for (const settings of owners.settings) {
    const { today = new Date().toISOString().slice(0, 10), ...rest } = settings;
    const report = checkRules(facts, { ...rest, today });
    reports.set(settings, report);
    const isOurs = (finding: Finding): boolean => {
      const owner = owners.of(finding);
      return finding.status !== 'pass' && owner !== undefined && checksFor(owner) === settings;
    };
    const give = (kind: 'causes' | 'notes', cause: Cause): void => {
      const owner = owners.of(cause.findings[0])!;
      const own = told.get(owner) ?? { causes: [], notes: [] };
      own[kind].push(cause);
      told.set(owner, own);
    };
    const ours = report.findings.filter(isOurs);
    for (const cause of causesOf(ours.filter((one) => !isNote(one)))) give('causes', cause);
    for (const cause of causesOf(ours.filter(isNote))) give('notes', cause);
  }
  return { told, reports };
}

const isNote = (finding: Finding): boolean => finding.ignored !== undefined || isBeyondPlans(finding);

/** Says which construct reports a finding: the innermost around what it is about, else the first of the app. */
class Owners {
  readonly settings = new Set<ComplianceChecksProps>();
  private readonly byPath = new Map<string, IConstruct>();
  private readonly first: IConstruct | undefined;

  constructor(root: IConstruct) {
    const reporters = root.node.findAll().filter((construct) => REPORTS in construct);
    // Rather one in a stack: what the app itself reports comes when every stack has been written.
    this.first = reporters.find(({ node }) => node.scope !== undefined) ?? reporters[0];
    for (const reporter of reporters) {
      this.byPath.set(reporter.node.path, reporter);
      this.settings.add(checksFor(reporter));
    }
  }

  of({ subject, evidence }: Finding): IConstruct | undefined {
    for (const path of [subject.constructPath, ...evidence.map(({ origin }) => origin.constructPath)]) {
      const owner = path === undefined ? undefined : this.around(path);
      if (owner !== undefined) return owner;
    }
    return this.first;
  }

  private around(path: string): IConstruct | undefined {
    for (let scope = path; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('/')))) {
      const reporter = this.byPath.get(scope);
      if (reporter !== undefined) return reporter;
    }
    return undefined;
  }
}
