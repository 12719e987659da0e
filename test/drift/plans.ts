/** Plans as terraform writes them, made by hand: for what a real run takes too long to show. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Drifted {
  readonly address: string;
  /** @default { id: 'x' }, and gone after it when there is no `after` */
  readonly before?: object;
  readonly after?: object | null;
  readonly planned?: { readonly actions: readonly string[]; readonly before: object; readonly after: object };
  readonly sensitive?: object;
}

/** A plan that saw these, and would put them back. */
export function planOf(
  drifts: readonly Drifted[],
  more: object = {},
  creates: readonly { readonly address: string; readonly after: object }[] = [],
): string {
  const row = (address: string, change: object) => {
    const [type, name] = address.split('.');
    return { address, mode: 'managed', type, name, change };
  };
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    resource_drift: drifts.map(({ address, before = { id: 'x' }, after = null, sensitive = {} }) =>
      row(address, {
        actions: [after === null ? 'delete' : 'update'],
        before,
        after,
        before_sensitive: sensitive,
        after_sensitive: sensitive,
      }),
    ),
    resource_changes: [
      ...creates.map(({ address, after }) => row(address, { actions: ['create'], before: null, after })),
      ...drifts.map(({ address, before = { id: 'x' }, after = null, planned }) =>
        row(
          address,
          planned ??
            (after === null
              ? { actions: ['create'], before: null, after: before }
              : { actions: ['update'], before: after, after: before }),
        ),
      ),
    ],
    configuration: { root_module: {} },
    ...more,
  });
}

/** State as a plan shows it: what the refresh found. */
export function stateOf(
  resources: readonly { readonly address: string; readonly values: object; readonly tainted?: true }[],
) {
  const rows = resources.map(({ address, ...rest }) => {
    const [type, name] = address.split('.');
    return { address, mode: 'managed', type, name, ...rest };
  });
  return { format_version: '1.0', values: { root_module: { resources: rows } } };
}

/** A hold on five conversations, of which some were released behind Terraform's back. */
export function releasedHold(released: number, name = 'acme'): Drifted {
  const state = (missing: number, status: string) => ({
    name: 'Acme v. Example',
    status,
    conversation_count: 5,
    held_count: 5 - missing,
    missing_count: missing,
    out_of_scope_count: 0,
  });
  return {
    address: `genesyscloud_compliance_legalhold.${name}`,
    before: state(0, 'active'),
    after: state(released, released === 5 ? 'released' : 'partially_released'),
  };
}

/** A folder that files can be written to. */
export class PlanFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'gcc-drift-plans-'));

  /** Writes a file and answers its path. */
  write(name: string, text: string): string {
    const file = join(this.path, name);
    writeFileSync(file, text);
    return file;
  }
}
