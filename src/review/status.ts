/** What a state says is exported and held, in words. */

interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly tainted?: boolean;
}

/** One thing of a state. */
export interface StatusEntry {
  readonly address: string;
  readonly kind: 'export' | 'hold' | 'object-hold';
  /** `done`: as it should be. `open`: something is missing, which the next apply goes on with. */
  readonly state: 'done' | 'open';
  /** One sentence without its full stop: "Legal hold "Acme v. Example": 250 of 250 conversations are held". */
  readonly text: string;
}

/** Why a text is no state, with what to do. */
export class NotAState extends Error {
  override readonly name = 'NotAState';
}

const TELLERS: Readonly<Record<string, (resource: StateResource) => StatusEntry>> = {
  genesyscloud_recording_export_job: exportEntry,
  genesyscloud_compliance_legalhold: holdEntry,
  genesyscloud_compliance_object_hold: objectHoldEntry,
};

/** Reads the JSON of `terraform show -json`; exports first, then holds, by address. Throws {@link NotAState}. */
export function readStatus(text: string): readonly StatusEntry[] {
  let state: { readonly format_version?: unknown; readonly values?: { readonly root_module?: StateModule } } | null;
  try {
    state = JSON.parse(text) as typeof state;
  } catch {
    state = null;
  }
  if (typeof state?.format_version !== 'string') {
    throw new NotAState('This is not what "terraform show -json" writes about a state.');
  }
  const entries = resourcesIn(state.values?.root_module)
    .filter(({ mode }) => mode === 'managed')
    .flatMap((resource) => TELLERS[resource.type]?.(resource) ?? []);
  const order = ['export', 'hold', 'object-hold'];
  return [...entries].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.address < b.address ? -1 : 1));
}

function resourcesIn(module: StateModule | undefined): readonly StateResource[] {
  if (module === undefined) return [];
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesIn)];
}

function exportEntry({ address, values = {} }: StateResource): StatusEntry {
  const state = textAt(values, 'state') ?? 'unknown';
  const done = state === 'exported' || (state === 'fulfilled' && values['wait_for'] === 'fulfilled');
  const scope = textAt(values, 'interval') ?? 'conversations named by id';
  const parts = [
    state === 'exported'
      ? `${count(values, 'recording_count')} recordings of ${count(values, 'conversation_count')} conversations are exported`
      : `the export is ${state}, and not complete`,
    ...(textAt(values, 'completed_at') === undefined ? [] : [`complete since ${textAt(values, 'completed_at')}`]),
    ...(numberAt(values, 'failed_recording_count') > 0
      ? [`${count(values, 'failed_recording_count')} recordings failed`]
      : []),
  ];
  return { address, kind: 'export', state: done ? 'done' : 'open', text: `Export of ${scope}: ${parts.join(', ')}` };
}

function holdEntry({ address, values = {} }: StateResource): StatusEntry {
  const missing = numberAt(values, 'missing_count');
  const reference = textAt(values, 'external_reference_id');
  const outside = numberAt(values, 'out_of_scope_count');
  const parts = [
    `${count(values, 'held_count')} of ${count(values, 'conversation_count')} conversations are held`,
    ...(missing > 0 ? [`${count(values, 'missing_count')} are not`] : []),
    ...(outside > 0 ? [`${count(values, 'out_of_scope_count')} more out of scope are still held`] : []),
    ...(reference === undefined ? [] : [`reference ${reference}`]),
    ...(textAt(values, 'applied_at') === undefined ? [] : [`last held at ${textAt(values, 'applied_at')}`]),
    ...(values['release_on_destroy'] === true ? ['released when it is destroyed'] : []),
  ];
  const name = textAt(values, 'name') ?? address;
  return {
    address,
    kind: 'hold',
    state: values['status'] === 'active' ? 'done' : 'open',
    text: `Legal hold "${name}": ${parts.join(', ')}`,
  };
}

function objectHoldEntry({ address, values = {} }: StateResource): StatusEntry {
  const total = count(values, 'version_count');
  const parts = [
    ...(typeof values['held_count'] === 'number'
      ? [`${count(values, 'held_count')} of ${total} object versions are held`]
      : []),
    ...(typeof values['tagged_count'] === 'number' ? [`${count(values, 'tagged_count')} of ${total} are tagged`] : []),
    ...(numberAt(values, 'hidden_count') > 0 ? [`${count(values, 'hidden_count')} keys look deleted`] : []),
    ...(textAt(values, 'applied_at') === undefined ? [] : [`last held at ${textAt(values, 'applied_at')}`]),
  ];
  const place = `s3://${textAt(values, 'bucket') ?? '?'}/${textAt(values, 'prefix') ?? ''}`;
  return {
    address,
    kind: 'object-hold',
    state: values['status'] === 'active' ? 'done' : 'open',
    text: `Object hold on ${place}: ${parts.join(', ')}`,
  };
}

function numberAt(values: Readonly<Record<string, unknown>>, name: string): number {
  const value = values[name];
  return typeof value === 'number' ? value : 0;
}

function count(values: Readonly<Record<string, unknown>>, name: string): string {
  return typeof values[name] === 'number' ? numberAt(values, name).toLocaleString('en-US') : 'an unknown number of';
}

function textAt(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
