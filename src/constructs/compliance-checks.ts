import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { setChecks, type ComplianceChecksProps } from './check-settings';
import { addComplianceValidation } from './validation';

/**
 * How strictly an app is checked. LegalHoldExport and ExportRole check themselves without it; it changes severities for
 * everything in a scope, and adds the checks to a scope that uses bare resources only.
 *
 * ```ts
 * ComplianceChecks.apply(app, { strict: true });
 * ```
 */
export class ComplianceChecks {
  /**
   * Sets how everything in `scope` (an app, a stack, a construct) is checked. The innermost scope decides. Call it for an
   * app when its stacks are made.
   */
  static apply(scope: IConstruct, props: ComplianceChecksProps = {}): void {
    setChecks(scope, props);
    // Stacks report what is in them before they are written; the app itself only afterwards.
    for (const stack of scope.node.findAll().filter(TerraformStack.isStack)) addComplianceValidation(stack);
    addComplianceValidation(scope);
  }

  private constructor() {}
}
