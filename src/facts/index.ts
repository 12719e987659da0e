/** The nouns that rules, collectors and reviews share: types only. */
export type * from './access';
export type * from './changes';
export type * from './deletion';
export type * from './facts';
export type * from './known';
export type * from './organization';
export type * from './preservation';
export type * from './storage';
