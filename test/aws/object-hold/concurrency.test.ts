import fc from 'fast-check';
import { AdaptiveConcurrency } from '../../../src/aws';

const succeed = (control: AdaptiveConcurrency, times: number) => {
  for (let time = 0; time < times; time += 1) control.succeeded();
};

describe('the number of requests at once', () => {
  test('starts low and doubles while all goes well, up to the bound', () => {
    const control = new AdaptiveConcurrency({ start: 4, most: 20 });
    expect(control.limit).toBe(4);
    succeed(control, 4);
    expect(control.limit).toBe(8);
    succeed(control, 8);
    expect(control.limit).toBe(16);
    succeed(control, 1000);
    expect(control.limit).toBe(20);
  });

  test('is halved once for all requests that were under way, then climbs by one', () => {
    const control = new AdaptiveConcurrency({ start: 16, most: 64 });
    for (let time = 0; time < 10; time += 1) control.throttled();
    expect(control.limit).toBe(8);
    succeed(control, 8);
    expect(control.limit).toBe(9);
    for (let time = 0; time < 20; time += 1) control.throttled();
    expect(control.limit).toBeLessThanOrEqual(4);
  });

  test('stays within its bounds whatever the answers are', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), fc.integer({ min: 1, max: 64 }), (answers, most) => {
        const control = new AdaptiveConcurrency({ most });
        for (const good of answers) {
          if (good) control.succeeded();
          else control.throttled();
          expect(control.limit).toBeGreaterThanOrEqual(1);
          expect(control.limit).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});
