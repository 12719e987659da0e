import type { HoldScope } from '../facts';

/** Reads `scope` of a hold, as plans and programs write it. Null where there is none. */
export function holdScope(value: unknown): HoldScope | null {
  if (typeof value !== 'object' || value === null) return null;
  const of = value as Readonly<Record<string, unknown>>;
  const text = (name: string): string | null => {
    const one = of[name];
    return typeof one === 'string' && !one.includes('${') ? one : null;
  };
  const words = (name: string): readonly string[] => {
    const list = of[name];
    return Array.isArray(list) ? list.map((word) => String(word).toLowerCase()) : [];
  };
  return {
    interval: text('interval'),
    batchInterval: text('batch_interval'),
    mediaTypes: words('media_types'),
    messageTypes: words('message_types'),
    addressFrom: text('address_from'),
    addressTo: text('address_to'),
    externalTag: text('external_tag'),
  };
}
