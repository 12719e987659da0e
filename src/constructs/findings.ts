import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { collectSynthFacts } from '../collect/synth';
import { checkRules, type Finding, type Report } from '../rules';
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
  readonly findings: readonly Finding[];
  /** What its settings did: rules that are off, ignores that no longer hold. */
  readonly report: Report | undefined;
}

/** One look at an app, shared by all constructs that ask during one pass over it. */
interface Pass {
  readonly findings: ReadonlyMap<IConstruct, readonly Finding[]>;
  readonly reports: ReadonlyMap<ComplianceChecksProps, Report>;
  readonly asked: Set<IConstruct>;
  readonly stack: IConstruct | undefined;
}

const passes = new WeakMap<IConstruct, Pass>();

/**
 * The findings that a construct reports. The framework does not say when a pass of validations begins, so it is read
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
  return { findings: pass.findings.get(construct) ?? [], report: pass.reports.get(checksFor(construct)) };
}

/** Checks the whole app, once for every settings that are in force somewhere, and gives each finding to one reporter. */
function look(root: IConstruct): Pick<Pass, 'findings' | 'reports'> {
  const facts = collectSynthFacts(root);
  const owners = new Owners(root);
  const findings = new Map<IConstruct, Finding[]>();
  const reports = new Map<ComplianceChecksProps, Report>();
  for (const settings of owners.settings) {
    const { today = new Date().toISOString().slice(0, 10), ...rest } = settings;
    const report = checkRules(facts, { ...rest, today });
    reports.set(settings, report);
    for (const finding of report.findings) {
      const owner = owners.of(finding);
      if (owner === undefined || checksFor(owner) !== settings) continue;
      const own = findings.get(owner);
      if (own === undefined) findings.set(owner, [finding]);
      else own.push(finding);
    }
  }
  return { findings, reports };
}

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
