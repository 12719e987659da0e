import { differences, estate, said, type Expected, type More, type Planned } from './estate';

/** Something that people write, and what is right to say of it. */
export type Case = readonly [name: string, planned: readonly Planned[], expected: Expected, more?: More];

/** Reviews each case within an account in which all else is right. */
export function table(
  title: string,
  cases: readonly Case[],
  build: (planned: readonly Planned[]) => readonly Planned[] = estate,
): void {
  describe(title, () => {
    test.each(cases.map((one) => ({ name: one[0], one })))('$name', ({ one: [, planned, expected, more] }) => {
      expect(differences(said(build(planned), more), expected)).toEqual([]);
    });
  });
}
