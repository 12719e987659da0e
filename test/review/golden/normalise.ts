/**
 * Makes what differs from run to run the same: ids that the simulator throws, the instants of the run, and versions. The
 * rest is left as `terraform show -json` prints it.
 */

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** Made from ids of jobs. */
const OBJECT_HOLD = /\bobject-hold-[0-9a-f]{32}\b/g;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const DAY_MS = 86_400_000;

/** Every instant of the run becomes this one. */
const THAT_DAY = '2026-03-02T08:00:00Z';

/** Values that are thrown, by the name of the attribute. */
const THROWN: Readonly<Record<string, string>> = {
  manifest_sha256: '0'.repeat(64),
  unique_id: 'AROA0000000000000000',
  version_id: 'version',
  journal_path: '/journal',
  journal_sha256: '0'.repeat(64),
  terraform_version: '1.11.4',
};

const text = (value: unknown): string => JSON.stringify(value);

/**
 * The plan with thrown ids numbered in the order of their first appearance. `fixed` are ids that are the same in every run;
 * `now` is an instant of the run.
 */
export function normalised(plan: unknown, fixed: ReadonlySet<string>, now: Date): unknown {
  const numbers = new Map<string, string>();
  const number = (id: string): string => {
    if (fixed.has(id)) return id;
    const known = numbers.get(id) ?? `ffffffff-0000-4000-8000-${String(numbers.size + 1).padStart(12, '0')}`;
    numbers.set(id, known);
    return known;
  };
  const walk = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) {
      const each = value.map((one) => walk(one, name));
      // A set to Terraform, which prints it in any order.
      return name === 'relevant_attributes' ? each.sort((a, b) => (text(a) < text(b) ? -1 : 1)) : each;
    }
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each, key)]));
    }
    if (typeof value !== 'string') return value;
    if (name in THROWN) return THROWN[name];
    if (INSTANT.test(value) && Math.abs(Date.parse(value) - now.getTime()) < DAY_MS) return THAT_DAY;
    return value.replace(UUID, number).replace(OBJECT_HOLD, `object-hold-${'0'.repeat(32)}`);
  };
  return walk(plan, '');
}
