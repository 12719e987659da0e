/** Fifty years of a legal department, with the file beside this one. `npm run year -- --seeds 1000` plays more of them. */
import { expectTrueYears } from './years';

test('in twenty-five years nothing that is said is untrue, and nothing late stays unseen', async () => {
  await expectTrueYears(0, 25);
}, 300_000);
