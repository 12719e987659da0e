import type { ExportFact, GivenAttribute, HoldFact, HoldScope, Known, ObjectHoldFact } from '../../facts';
import { holdScope } from '../hold-scope';
import type { Dependencies } from './dependencies';
import type { Element, Tree } from './tree';
import { whyUnseen, type Values } from './values';

/** Meta-arguments of Terraform: not attributes that were given to the provider. */
const META = new Set([
  'provider',
  'depends_on',
  'lifecycle',
  'count',
  'for_each',
  'provisioner',
  'connection',
  'timeouts',
]);

/** An export job; `bucket` is the address of its bucket's fact, null when nothing says so. */
export function exportFact(element: Element, tree: Tree, values: Values, bucket: string | null): ExportFact {
  const raw = element.attributes;
  const at = (attribute: string) => tree.origin(element, attribute);
  const words = (attribute: string): Known<readonly string[]> => {
    const list = values.list(raw[attribute], element, at(attribute), [] as readonly string[]);
    return list.known ? { ...list, value: list.value.map((word) => word.toLowerCase()) } : list;
  };
  const integration = values.text(raw['integration_id'], element, at('integration_id'), null);
  return {
    ...tree.subject(element),
    integrationId:
      integration.known && integration.value === null
        ? { known: false, why: 'is not given', origin: integration.origin }
        : (integration as Known<string>),
    interval: values.text(raw['interval'], element, at('interval'), null),
    conversationIds: values.list(raw['conversation_ids'], element, at('conversation_ids'), null),
    mediaTypes: words('media_types'),
    messageTypes: words('message_types'),
    includeMetadata: values.flag(raw['include_metadata'], element, at('include_metadata'), false),
    batchInterval: values.text(raw['batch_interval'], element, at('batch_interval'), null),
    conversationCount: { known: false, why: 'is only known to Genesys Cloud', origin: at('conversation_count') },
    destination: destinationOf(element, tree, values),
    bucket: { known: true, value: bucket, origin: tree.origin(element) },
    given: given(element, tree, values),
  };
}

function destinationOf(element: Element, tree: Tree, values: Values): ExportFact['destination'] {
  const origin = tree.origin(element, 'destination');
  const raw = element.attributes['destination'];
  if (raw === undefined) return { known: true, value: null, origin };
  const value = values.plain(raw, element);
  if (typeof value !== 'object' || value === null) return { known: false, why: whyUnseen(String(value)), origin };
  const { bucket, prefix } = value as { readonly bucket?: unknown; readonly prefix?: unknown };
  const text = (part: unknown) => (typeof part === 'string' ? part : null);
  return { known: true, value: { bucket: text(bucket), prefix: text(prefix) }, origin };
}

/** Every attribute that was given, also one that no schema knows: overrides can smuggle anything. */
function given(element: Element, tree: Tree, values: Values): readonly GivenAttribute[] {
  const found: GivenAttribute[] = [];
  const visit = (path: string, value: unknown): void => {
    const origin = tree.origin(element, path);
    const isExpression = typeof value === 'string' && /^\$\{.*\}$/s.test(value);
    found.push({
      path,
      value: isExpression ? { known: false, why: whyUnseen(value), origin } : { known: true, value, origin },
    });
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [name, inner] of Object.entries(value)) visit(`${path}.${name}`, inner);
  };
  for (const [name, raw] of Object.entries(element.attributes)) {
    if (!META.has(name)) visit(name, values.plain(raw, element));
  }
  return found;
}

/** A legal hold; `belongsTo` is the address of the export that a construct made it for. */
export function holdFact(
  element: Element,
  tree: Tree,
  values: Values,
  dependencies: Dependencies,
  belongsTo: string | null,
): HoldFact {
  const raw = element.attributes;
  const at = (attribute: string) => tree.origin(element, attribute);
  const name = values.text(raw['name'], element, at('name'), null);
  return {
    ...tree.subject(element),
    name:
      name.known && name.value === null
        ? { known: false, why: 'is not given', origin: name.origin }
        : (name as Known<string>),
    exportJobId: values.text(raw['export_job_id'], element, at('export_job_id'), null),
    conversationIds: values.list(raw['conversation_ids'], element, at('conversation_ids'), null),
    scope: scopeOf(element, tree, values),
    externalReferenceId: values.text(raw['external_reference_id'], element, at('external_reference_id'), null),
    releaseOnDestroy: values.flag(raw['release_on_destroy'], element, at('release_on_destroy'), false),
    dependsOn: dependencies.onExports(element),
    belongsTo,
  };
}

/** `scope` of a hold: null when it is not given; unknown where it is an expression as a whole. */
function scopeOf(element: Element, tree: Tree, values: Values): Known<HoldScope | null> {
  const origin = tree.origin(element, 'scope');
  const raw = element.attributes['scope'];
  if (raw === undefined || raw === null) return { known: true, value: null, origin };
  const value = values.plain(raw, element);
  if (typeof value !== 'object' || value === null) return { known: false, why: whyUnseen(String(value)), origin };
  return { known: true, value: holdScope(value), origin };
}

/** An object hold; `bucket` is the address of its bucket's fact. */
export function objectHoldFact(element: Element, tree: Tree, values: Values, bucket: string | null): ObjectHoldFact {
  const raw = element.attributes;
  const at = (attribute: string) => tree.origin(element, attribute);
  return {
    ...tree.subject(element),
    exportJobId: values.text(raw['export_job_id'], element, at('export_job_id'), null),
    bucket: { known: true, value: bucket, origin: at('bucket') },
    prefix: values.text(raw['prefix'], element, at('prefix'), null),
    objectLockLegalHold: values.flag(raw['object_lock_legal_hold'], element, at('object_lock_legal_hold'), true),
    releaseOnDestroy: values.flag(raw['release_on_destroy'], element, at('release_on_destroy'), false),
  };
}
