/** What is true at a moment, by the simulator's own world: nothing of it was asked of the provider. */
import { overlaps } from '../../src/simulator/genesys/interval';
import type { Conversation } from '../../src/simulator/conversations';
import type { World } from '../../src/simulator/world';
import { intervalAt } from '../../src/time';
import type { Department, MatterPlan } from './department';

export class Truth {
  /** Conversations that are protected because a person wanted it, before any matter needed them. */
  readonly byHand = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly department: Department,
  ) {}

  /** What the configuration of a matter means now, and Genesys Cloud shows. */
  inScope({ intervalAt: writtenAt }: Pick<MatterPlan, 'intervalAt'>): readonly Conversation[] {
    this.world.settle();
    const now = this.world.clock.now();
    const reach = intervalAt(writtenAt(now), this.department.step, now);
    if (reach === null) return [];
    return this.conversations.filter(
      ({ start, end, messageType }) => start <= now && messageType === 'sms' && overlaps(reach, start, end),
    );
  }

  isHeld(id: string): boolean {
    return this.world.protection.has(id);
  }

  hasRecordings(id: string): boolean {
    return (this.world.conversations.get(id)?.recordings.length ?? 0) > 0;
  }

  /** Everything that is protected. */
  get held(): readonly string[] {
    this.world.settle();
    return [...this.world.protection.keys()];
  }

  get conversations(): readonly Conversation[] {
    return this.department.conversations.flatMap(({ id = '' }) => this.world.conversations.get(id) ?? []);
  }
}
