import { differences, estate, said } from './estate';
test('given an account in which all is right, then nothing is found', () => {
  expect(differences(said(estate()), { removes: '', exit: 0 })).toEqual([]);
});
