/** The other half of the fifty years of the suite. */
import { expectTrueYears } from './years';

test('in twenty-five more years nothing that is said is untrue, and nothing late stays unseen', async () => {
  await expectTrueYears(25, 25);
}, 300_000);
