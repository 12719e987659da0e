/** Facts from plans. Pure. */
export { readPlans, type PlansRead } from './read-plans';
