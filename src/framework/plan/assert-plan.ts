/**
 * What core demands of a plan, checked before core sees it, so that a slip of a resource is reported with the attribute
 * and the remedy instead of "Provider produced invalid plan".
 * Source of the rules: hashicorp/terraform v1.11.4, internal/plans/objchange/plan_valid.go.
 */
import type { Value } from '../../plugin';
import { isUnknown } from '../../plugin';
import { attributeType, blockType, insideOf, type ObjectShape } from '../values/cty-type';
import type { Path } from '../diagnostics';
import { sameValue } from '../values/equality';
import type { Report } from '../values/narrow';
import { nestingOf } from './steps';
import type { Attribute, Block } from '../schema';
import { elementAt, elementsOf, isCollection, memberOf } from '../values/walk';

/** Reports every part of a plan that core would refuse. */
export function assertPlan(
  shape: ObjectShape,
  prior: Value,
  config: Value,
  planned: Value,
  report: Report,
  path: Path = [],
): void {
  for (const [name, attribute] of Object.entries(shape.attributes)) {
    const [before, wanted, after] = [memberOf(prior, name), memberOf(config, name), memberOf(planned, name)];
    assertAttribute(attribute, before, wanted, after, report, [...path, name]);
  }
  for (const [name, block] of Object.entries(shape.blocks)) {
    const [before, wanted, after] = [memberOf(prior, name), memberOf(config, name), memberOf(planned, name)];
    assertBlocks(block, before, wanted, after, report, [...path, name]);
  }
}

function assertAttribute(
  attribute: Attribute,
  prior: Value,
  config: Value,
  planned: Value,
  report: Report,
  path: Path,
): void {
  const type = attributeType(attribute);
  const { computed, optional, default: preset } = attribute.options;
  if (sameValue(type, planned, config)) return;
  if (prior !== null && config !== null && sameValue(type, planned, prior)) return;
  if (computed && !optional) return;
  if (config === null) {
    if (computed || preset !== undefined) return;
    return report(
      path,
      'is not computed, and the configuration does not set it, but the plan has a value for it. Plan null, or declare it computed.',
    );
  }
  const inside = insideOf(attribute.shape);
  if (!inside || isUnknown(config)) {
    return report(
      path,
      'differs in the plan from what the configuration says. Plan the configured value (or exactly the prior one, if it means the same).',
    );
  }
  if (planned === null || isUnknown(planned)) {
    return report(
      path,
      `is configured, but the plan says ${planned === null ? 'null' : 'unknown'}. Plan the configured object, with only its computed attributes changed.`,
    );
  }
  assertInside(nestingOf(attribute.shape.kind), inside, prior, config, planned, report, path);
}

function assertBlocks(block: Block, prior: Value, config: Value, planned: Value, report: Report, path: Path): void {
  if (sameValue(blockType(block), planned, config)) return;
  if (isUnknown(config)) return report(path, 'comes from a dynamic block that is not known yet; plan it unchanged.');
  if (isUnknown(planned))
    return report(path, 'is a block and cannot be unknown as a whole; make attributes in it unknown.');
  if (block.nesting === 'single') {
    if (planned === null || config === null) {
      return report(
        path,
        `is ${config === null ? 'not ' : ''}configured, but the plan says otherwise. Blocks cannot be added or removed by a plan.`,
      );
    }
    return assertPlan(block, prior, config, planned, report, path);
  }
  assertInside(block.nesting, block, prior, config, planned, report, path);
}

function assertInside(
  nesting: 'single' | 'list' | 'set' | 'map',
  inside: ObjectShape,
  prior: Value,
  config: Value,
  planned: Value,
  report: Report,
  path: Path,
): void {
  if (nesting === 'single') return assertPlan(inside, prior, config, planned, report, path);
  if (!isCollection(config) || !isCollection(planned)) return;
  const [wanted, found] = [elementsOf(config).length, elementsOf(planned).length];
  if (wanted !== found) {
    return report(
      path,
      `has ${wanted} elements in the configuration and ${found} in the plan. A plan cannot add or remove any.`,
    );
  }
  // Elements of a set cannot be told apart once they differ: core trusts the provider here.
  if (nesting === 'set') return;
  const keys: readonly (string | number)[] =
    config instanceof Map ? [...(config as ReadonlyMap<string, Value>).keys()] : [...elementsOf(config).keys()];
  for (const key of keys) {
    if (planned instanceof Map && !planned.has(key as string)) {
      report([...path, key], 'is configured, but missing in the plan.');
      continue;
    }
    assertPlan(inside, elementAt(prior, key), elementAt(config, key), elementAt(planned, key), report, [...path, key]);
  }
}
