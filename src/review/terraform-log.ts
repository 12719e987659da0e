/** What Terraform itself said while it planned: its warnings, its errors, and what a provider refused. */
import { refusedRelease } from '../words';
import type { LogDiagnostic, PlanLog } from '../plan';
import type { Origin } from '../facts';
import type { Item } from './report';

const WARNING = 'terraform/warning';

/** Whether an item is a warning of Terraform's own. */
export const isTerraformWarning = ({ rule }: Item): boolean => rule === WARNING;

/** More of one warning are counted: providers say some of them of each resource. */
const MOST_PLACES = 10;

/** Warnings as notes: they never count, since neither this product nor its rules know how much they weigh. */
export function warningItems(
  target: string,
  log: PlanLog | undefined,
  placeOf: (address: string) => Origin,
): readonly Item[] {
  const same = new Map<string, LogDiagnostic[]>();
  for (const one of log?.diagnostics ?? []) {
    if (one.severity !== 'warning') continue;
    const key = JSON.stringify([one.summary, one.detail]);
    const group = same.get(key);
    if (group === undefined) same.set(key, [one]);
    else group.push(one);
  }
  const ids = new Map<string, number>();
  return [...same.values()].map((group): Item => {
    const [first] = group as [LogDiagnostic];
    const place = placeIn(first, placeOf);
    const id = `${WARNING} ${place.address} ${first.summary}`;
    const number = (ids.get(id) ?? 0) + 1;
    ids.set(id, number);
    const more = group.length - MOST_PLACES;
    return {
      id: number === 1 ? id : `${id} (${number})`,
      rule: WARNING,
      level: 'note',
      severity: 'warn',
      target,
      place,
      headline: withoutStop(first.summary),
      text: first.detail,
      evidence: [
        ...group.slice(1, MOST_PLACES).map((one) => ({ what: 'the same warning', origin: placeIn(one, placeOf) })),
        ...(more > 0 ? [{ what: `the same warning at ${more} more places`, origin: place }] : []),
      ],
      remedy: '',
      help: `npx --no-install genesyscloud-compliance explain ${WARNING}`,
    };
  });
}

/** Errors, each as a problem that kept Terraform from planning all. */
export function errorProblems(log: PlanLog | undefined): readonly string[] {
  const errors = (log?.diagnostics ?? []).filter(({ severity }) => severity === 'error');
  return errors.map(({ summary, detail, address, source }) => {
    const where = [address, source].filter((one) => one !== undefined).join(', ');
    // What follows is advice, which Terraform has printed.
    const [first = ''] = detail.split('\n');
    return `Terraform said: ${withoutStop(summary)}${where === '' ? '' : ` (${where})`}.${first === '' ? '' : ` ${first}`}`;
  });
}

/** The holds that a provider refused to release, where the log is all there is: the plan itself would name them better. */
export function refusalItems(target: string, log: PlanLog): readonly Item[] {
  return log.diagnostics.flatMap((one): readonly Item[] => {
    const refused = one.severity === 'error' ? refusedRelease(one.summary) : undefined;
    if (refused === undefined) return [];
    const held = /^(.*?) (?:would be|may be|is not) released\b|^(.*?) has no claim\b/s.exec(one.detail);
    const what = held?.[1] ?? held?.[2] ?? one.address ?? 'a hold';
    return [
      {
        id: `hold/release-guard ${one.address ?? what} hold-released`,
        rule: 'hold/release-guard',
        level: 'error',
        severity: 'error',
        target,
        place: placeIn({ ...one, address: one.address ?? what }, (address) => ({ address })),
        headline: `${refused === 'replace' ? 'Releases and holds again' : 'Releases'} ${what.replace(/^The /, 'the ')}, which the provider refused`,
        text: one.detail,
        evidence: [],
        remedy:
          'Nothing was released. If it is not meant, put the hold back into the configuration as it was, and plan without -destroy and -replace.',
        help: 'npx --no-install genesyscloud-compliance explain hold/release-guard',
      },
    ];
  });
}

function placeIn({ address, source }: LogDiagnostic, placeOf: (address: string) => Origin): Origin {
  const place = placeOf(address ?? source ?? 'terraform plan');
  return source === undefined || place.source !== undefined ? place : { ...place, source };
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
