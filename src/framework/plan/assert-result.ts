/**
 * What core demands of the state after apply: all of it known, and every known planned value unchanged.
 * Source of the rules: hashicorp/terraform v1.11.4, internal/plans/objchange/compatible.go.
 */
import type { CtyType, Value } from '../../plugin';
import { isUnknown } from '../../plugin';
import type { Path } from '../diagnostics';
import { sameValue, whollyKnown } from '../values/equality';
import type { Report } from '../values/narrow';
import { memberOf } from '../values/walk';

/** Reports every part of a result that breaks a promise of the plan. */
export function assertResult(type: CtyType, planned: Value, actual: Value, report: Report, path: Path = []): void {
  if (isUnknown(actual)) return report(path, 'is still unknown after apply. Return its value, or null.');
  if (isUnknown(planned)) return assertRefinement(planned.refinement, actual, report, path);
  if (actual === null && planned === null) return;
  if (actual === null || planned === null) {
    return report(
      path,
      actual === null
        ? 'was planned with a value and came back null.'
        : 'was planned as null and came back with a value.',
    );
  }
  if (typeof type === 'string') {
    if (!sameValue(type, planned, actual)) {
      report(
        path,
        'came back with another value than was planned. Return the planned value as it is (an API that rewrites it needs `equals`), or plan it unknown.',
      );
    }
    return;
  }
  switch (type[0]) {
    case 'object':
      for (const [name, member] of Object.entries(type[1])) {
        assertResult(member, memberOf(planned, name), memberOf(actual, name), report, [...path, name]);
      }
      return;
    case 'list':
      return assertList(type[1], planned as readonly Value[], actual as readonly Value[], report, path);
    case 'map':
      return assertMap(
        type[1],
        planned as ReadonlyMap<string, Value>,
        actual as ReadonlyMap<string, Value>,
        report,
        path,
      );
    case 'set':
      return assertSet(type[1], planned as readonly Value[], actual as readonly Value[], report, path);
    case 'tuple':
      return;
  }
}

function assertRefinement(
  refinement: { readonly nullable?: false; readonly prefix?: string },
  actual: Value,
  report: Report,
  path: Path,
): void {
  if (refinement.nullable === false && actual === null) report(path, 'was promised not to be null, and is.');
  const { prefix } = refinement;
  if (prefix !== undefined && typeof actual === 'string' && !actual.startsWith(prefix)) {
    report(path, `was promised to start with ${JSON.stringify(prefix)}, and does not.`);
  }
  if (!whollyKnown(actual)) report(path, 'holds unknown values after apply. Return the values, or null.');
}

function assertList(
  element: CtyType,
  planned: readonly Value[],
  actual: readonly Value[],
  report: Report,
  path: Path,
): void {
  if (planned.length !== actual.length) {
    return report(path, `was planned with ${planned.length} elements and came back with ${actual.length}.`);
  }
  planned.forEach((value, index) => assertResult(element, value, actual[index] ?? null, report, [...path, index]));
}

function assertMap(
  element: CtyType,
  planned: ReadonlyMap<string, Value>,
  actual: ReadonlyMap<string, Value>,
  report: Report,
  path: Path,
): void {
  for (const [key, value] of planned) {
    if (!actual.has(key)) report([...path, key], 'was planned and is missing in the result.');
    else assertResult(element, value, actual.get(key) ?? null, report, [...path, key]);
  }
  for (const key of actual.keys()) {
    if (!planned.has(key)) report([...path, key], 'was not planned and is in the result.');
  }
}

function assertSet(
  element: CtyType,
  planned: readonly Value[],
  actual: readonly Value[],
  report: Report,
  path: Path,
): void {
  if (!whollyKnown(actual)) return report(path, 'holds unknown values after apply. Return the values, or null.');
  if (actual.length > planned.length) {
    return report(path, `was planned with ${planned.length} elements and came back with ${actual.length}.`);
  }
  if (sameValue(['set', element], planned, actual)) return;
  const fits = (wanted: Value, found: Value): boolean => {
    let same = true;
    assertResult(element, wanted, found, () => (same = false));
    return same;
  };
  if (!planned.every((wanted) => actual.some((found) => fits(wanted, found)))) {
    return report(path, 'lacks an element that was planned.');
  }
  if (!actual.every((found) => planned.some((wanted) => fits(wanted, found)))) {
    report(path, 'has an element that was not planned.');
  }
}
