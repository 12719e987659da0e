/** Who must approve releases, as the provider block says. The environment says nothing of it: whoever starts a run could change that. */
import { isUnknown, type ConfigOf } from '../framework';
import { approversOf, type Approvers } from '../register';
import { KeyProblem } from '../signing';
import type { providerSchema } from './provider-schema';
import type { Sources } from './sources';

const DEFAULT_REQUIRED = 2;

type Given = Pick<ConfigOf<typeof providerSchema>, 'release_approvers' | 'approvals_required'>;

/** Reads both arguments; undefined where nobody must approve. What is wrong with them is a mistake of the sources. */
export function approversIn(
  { release_approvers: keys, approvals_required: required }: Given,
  sources: Sources,
): Approvers | undefined {
  if (isUnknown(keys) || isUnknown(required) || (keys ?? []).some(isUnknown)) {
    sources.sawUnknown = true;
    return undefined;
  }
  const wrong = (argument: string, text: string): undefined => {
    sources.mistakes.push({
      path: [argument],
      summary: 'Invalid provider configuration',
      detail: `${argument}: ${text}`,
    });
  };
  const pems = (keys ?? []) as readonly string[];
  if (pems.length === 0) {
    return required === null
      ? undefined
      : wrong('approvals_required', 'It needs release_approvers, the public keys of those who approve.');
  }
  try {
    return approversOf(pems, required ?? DEFAULT_REQUIRED);
  } catch (error) {
    if (error instanceof KeyProblem) return wrong('release_approvers', error.message);
    if (!(error instanceof RangeError)) throw error;
    const argument = error.message.includes('cannot sign') ? 'approvals_required' : 'release_approvers';
    return wrong(argument, `${error.message}.`);
  }
}
