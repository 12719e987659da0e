/** A matter is let go of in the course of the year: with its reason, and nothing of any other matter goes with it. */
import type { Matter } from './matter';
import type { PlayedYear } from './play';

/** Writes the consent, applies it, destroys the hold, and looks at what is held then. */
export async function releaseMatter(year: PlayedYear, matter: Matter): Promise<void> {
  if (matter.plan.isDestroyedCarelessly && !(await isRefused(year, matter))) return;
  matter.consents = true;
  await year.run('apply');
  const agreed = matter.hold.state?.['release_on_destroy'] === true;
  if (!agreed) return; // The apply had something else to say; the next night tries again.
  const before = new Set(year.truth.held);
  await destroy(year, matter);
  if (year.wrong.length > 0) return;
  matter.releasedAt = year.now;
  year.counts.releases += 1;
  judge(year, matter, before);
}

/** Without a reason that was applied before, it stays; one that holds nothing may go. */
async function isRefused(year: PlayedYear, matter: Matter): Promise<boolean> {
  const { held_count: held, out_of_scope_count: besides } = matter.hold.state ?? {};
  if (Number(held) + Number(besides) === 0) return true;
  const before = year.truth.held.join();
  const { holds } = await year.machine.start();
  const { errors } = await matter.hold.destroy(holds);
  if (errors.length === 0) year.say(`the hold of ${matter.name} was destroyed without a reason`);
  if (year.truth.held.join() !== before) year.say(`a refused release of ${matter.name} has let go of something`);
  year.counts['releases refused without a reason'] += 1;
  return year.wrong.length === 0;
}

async function destroy(year: PlayedYear, matter: Matter): Promise<void> {
  const { death } = matter.plan;
  if (death !== null) {
    const { holds, killed } = await year.machine.start(death);
    const isKilled = await Promise.race([matter.hold.destroy(holds).then(() => false), killed]).catch(() => true);
    if (isKilled) {
      year.counts['releases that were killed'] += 1;
      year.machine.clock.time += 3_600_000;
    }
    if (!isKilled && matter.hold.state === null) return;
  }
  const { holds } = await year.machine.start();
  const { errors } = await matter.hold.destroy(holds);
  for (const error of errors) year.say(`the release of ${matter.name} ended with an error: ${error}`);
  if (errors.length === 0 && matter.hold.state !== null) year.say(`the hold of ${matter.name} is still in state`);
}

function judge(year: PlayedYear, matter: Matter, before: ReadonlySet<string>): void {
  const { truth, counts } = year;
  const others = year.matters.filter((one) => one !== matter && one.hold.state !== null);
  for (const id of before) {
    const other = others.find(({ needs }) => needs.has(id));
    const mayBeNeeded = others.some(({ plan }) => truth.inScope(plan).some((one) => one.id === id));
    const isHeld = truth.isHeld(id);
    if (other !== undefined && !isHeld) {
      year.say(`the release of ${matter.name} has let go of ${id}, which ${other.name} needs`);
    } else if (truth.byHand.has(id) && !isHeld) {
      year.say(`the release of ${matter.name} has let go of ${id}, which was held before it by hand`);
    } else if (isHeld && !truth.byHand.has(id) && !mayBeNeeded) {
      year.say(`${id} is still held after the release of ${matter.name}, and nobody needs it`);
    } else if (other !== undefined && matter.needs.has(id)) counts['kept for the other matter'] += 1;
    else if (truth.byHand.has(id) && matter.needs.has(id)) counts['left held as a person wanted it'] += 1;
    else if (!isHeld) counts['let go of'] += 1;
  }
  if (others.length > 0) return;
  const left = truth.held.filter((id) => !truth.byHand.has(id));
  if (left.length > 0) year.say(`no matter is open, and ${left.length} conversations are held (${left[0]})`);
  else counts['nothing held in the end'] += 1;
}
