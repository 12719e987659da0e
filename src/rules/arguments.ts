/** Arguments of resources as remedies show them: in HCL, or as props of a construct. */
import type { Facts, Subject } from '../facts';
import { languageOf, localAddress } from './remedy-places';

/** `batch_interval = "P7D"`, or `batchInterval: 'P7D'` for the author of a CDKTF program. */
export function argument(facts: Facts, about: Subject, name: string, value: string | boolean): string {
  if (languageOf(facts, about) !== 'cdktf') return `${name} = ${JSON.stringify(value)}`;
  return `${inCamelCase(name)}: ${typeof value === 'string' ? quoted(value) : value}`;
}

/**
 * What makes a hold wait for an export, below the words that say where it goes. An export of another module or of another
 * stack cannot be referred to: then the words say how its id gets there.
 */
export function waitingFor(facts: Facts, hold: Subject, exportAddress: string): string {
  const there = facts.exports.find(({ address }) => address === exportAddress) ?? { address: exportAddress };
  const isCdktf = languageOf(facts, hold) === 'cdktf';
  if (!areTogether(hold, there)) {
    const given = isCdktf
      ? `Give the hold the id of ${exportAddress} as exportJobId: the id of its construct is a token, which CDKTF takes from one stack to the other.`
      : `Give the hold the id of ${exportAddress} as export_job_id: an output of the module of the export, and a variable of the module of the hold.`;
    return given;
  }
  const local = localAddress(exportAddress) ?? exportAddress;
  return isCdktf
    ? `Add to the hold:\n  exportJobId: '\${${local}.id}',\nOr, if it names its own conversations:\n  dependsOn: [{ fqn: ${quoted(local)} }],`
    : `Add to the hold:\n  export_job_id = ${local}.id\nOr, if it names its own conversations:\n  depends_on = [${local}]`;
}

/** Whether one can name the other: both are in one module, and in one stack. */
function areTogether(one: Subject, other: Subject): boolean {
  return moduleOf(one) === moduleOf(other) && stackOf(one) === stackOf(other);
}

function moduleOf({ address }: Subject): string {
  return /^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/.exec(address)![0];
}

/** The stack that a construct is in, as far as its path says it; what has no path is taken for near. */
function stackOf({ constructPath }: Subject): string | undefined {
  return constructPath?.split('/')[0];
}

function inCamelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
