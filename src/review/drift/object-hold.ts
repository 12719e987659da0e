import type { Drift } from './observe';
import { WHO_AWS, type Told } from './told';
import { textAt } from '../attributes';

/** An object hold of which nothing can be found any more. */
export function explainObjectHold({ address, before }: Drift): Told {
  const place = `s3://${textAt(before, 'bucket') ?? '?'}/${textAt(before, 'prefix') ?? ''}`;
  return {
    rule: 'drift/object-hold-lost',
    level: 'error',
    headline: `The object hold on ${place} is gone`,
    text: `Neither the bucket nor what was held in it can be found. ${WHO_AWS}`,
    remedy: `Find out what became of the bucket before anything is applied. The resource is ${address}.`,
  };
}
