/** What a simulation without a step is made from: the door of its bundle. */
export { SCRIPTS } from './scripts';
export { simulate } from './simulate';
