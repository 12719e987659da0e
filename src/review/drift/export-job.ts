import type { Drift } from './observe';
import type { Told } from './told';

/**
 * An export that was not finished and is gone. A finished one never gets here: Genesys Cloud clears the history of its
 * jobs, which is not drift, since the files are there.
 */
export function explainExport({ address }: Drift): Told {
  return {
    rule: 'drift/export-unfinished',
    level: 'error',
    attribute: 'state',
    headline: 'An export that was not finished is gone from Genesys Cloud',
    text: 'Genesys Cloud no longer knows its recording jobs, and no export date proves that its files were written.',
    remedy: `Run "terraform apply": it continues with what is missing, and exports nothing twice. The resource is ${address}.`,
  };
}
