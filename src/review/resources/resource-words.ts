import type { Drift } from '../drift/observe';
import type { DriftWords } from './drift-words';
import type { Subject, Words } from './subject';

/** What is said about a kind of resource, at each moment at which it is met. */
export interface ResourceWords {
  /** What a plan does to it. Protection that the plan removes is told as a loss, in the words of the rules. */
  readonly planned: (subject: Subject) => Words;
  /** What it means that a refresh did not find it as Terraform left it; undefined: nothing better than the general words. */
  readonly drifted?: (drift: Drift) => DriftWords | undefined;
}
