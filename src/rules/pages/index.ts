/** What people read about rules, made from the rules themselves. */
export { plainText } from './markdown';
export { rulePage } from './rule-page';
export { rulesIndex } from './rules-index';
