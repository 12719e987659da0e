/** Names in a policy that no action of AWS answers to: an Allow of one grants nothing, a Deny of one guards nothing. */
import { type UnknownAction, unknownAction } from './action-names';
import type { Statement } from './document';
import { readPolicy } from './policy-kinds';
import type { PolicySource } from './question';

/** An unknown action where it is written. */
export interface MisnamedAction extends UnknownAction {
  readonly statement: Statement;
}

/** The unknown actions of all statements of a policy, `NotAction` included; none for one that cannot be read. */
export function misnamedActions(policy: PolicySource): readonly MisnamedAction[] {
  const read = readPolicy(policy);
  if (!read.seen) return [];
  return read.document.statements.flatMap((statement) =>
    statement.actions.value.flatMap((action) => {
      const unknown = unknownAction(action);
      return unknown === null ? [] : [{ ...unknown, statement }];
    }),
  );
}
