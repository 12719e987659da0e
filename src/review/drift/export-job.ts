import type { Drift } from './observe';
import { type Told } from './told';
import { textAt } from '../attributes';

/**
 * An export that is no longer what it was. A finished one never gets here: that Genesys Cloud clears its job history is no
 * drift, since the files are there.
 */
export function explainExport({ address, kind, before, after }: Drift): Told {
  const state = textAt(after, 'state');
  const lost = kind === 'deleted' || state === 'lost';
  return {
    rule: 'drift/export-changed',
    level: 'warn',
    attribute: 'state',
    headline: lost
      ? 'An export that was not finished is gone from Genesys Cloud'
      : `The export went from ${textAt(before, 'state') ?? 'unknown'} to ${state ?? 'unknown'} outside of Terraform`,
    text: lost
      ? 'Its recording jobs are not known any more, and no export date proves that its files were written.'
      : 'Its recording jobs moved on, were cancelled or failed after Terraform last looked.',
    remedy: `Run "terraform apply": it goes on with what is missing, and exports nothing twice. The resource is ${address}.`,
  };
}
