import type { Drift } from './observe';
import { WHO_GENESYS, type Told } from './told';
import { numberAt, textAt } from '../attributes';
import { counted } from '../../words';

/** A legal hold that Genesys Cloud does not know any more. */
export function explainHold({ address, before }: Drift): Told {
  const name = textAt(before, 'name') ?? address;
  const scope = numberAt(before, 'conversation_count');
  return {
    rule: 'drift/hold-released',
    level: 'error',
    headline: `The legal hold "${name}" on ${counted(numberAt(before, 'held_count', scope), 'conversation')} is gone`,
    text: `Genesys Cloud no longer knows this hold, so nothing shows that its conversations are protected. ${WHO_GENESYS}`,
    remedy: `Run "terraform plan" and "terraform apply" now: it creates the hold again. The resource is ${address}. Then find out who released it and why.`,
  };
}
