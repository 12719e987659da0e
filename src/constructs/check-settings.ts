import type { IConstruct } from 'constructs';
import type { Ignore, RuleSettings } from '../rules';
import { errors } from './errors';

/** Registered, not module-private: an app may hold two copies of this package. */
const CHECKS = Symbol.for('genesyscloud-compliance/checks');

export interface ComplianceChecksProps {
  /**
   * Severity of single rules: error, warn or off, each with the reason, which is printed.
   * @default every rule has its own severity
   */
  readonly rules?: RuleSettings;
  /**
   * Findings to live with for a while: each with a reason, and the last day on which it is ignored.
   * @default nothing is ignored
   */
  readonly ignores?: readonly Ignore[];
  /**
   * Whether what cannot be seen at synth is an error. Otherwise it is a warning.
   * @default false
   */
  readonly strict?: boolean;
  /**
   * The day that ignores are measured against, `2026-11-23`.
   * @default the day of the synthesis, in UTC
   */
  readonly today?: string;
}

const NONE: ComplianceChecksProps = {};

/** Attaches settings to a scope; throws when it has some. */
export function setChecks(scope: IConstruct, props: ComplianceChecksProps): void {
  const holder = scope as { [CHECKS]?: ComplianceChecksProps };
  if (holder[CHECKS] !== undefined) throw errors.checksAreSetTwice(scope.node.path);
  holder[CHECKS] = props;
}

/** What holds for a construct: the settings of the innermost scope that has any. */
export function checksFor(construct: IConstruct): ComplianceChecksProps {
  for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    const props = (scope as { [CHECKS]?: ComplianceChecksProps })[CHECKS];
    if (props !== undefined) return props;
  }
  return NONE;
}

/** Whether these settings were given to this very scope. */
export const hasOwnChecks = (scope: IConstruct): boolean => CHECKS in scope;
