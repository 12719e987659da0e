/** Time: the clock, pauses, instants, intervals and lengths of time, and how many things run at once. */
export { systemClock, type Clock } from './clock';
export { forEachConcurrently, inParallel, readAhead, type Limited } from './concurrency';
export { parseCalendarDuration, parseDuration, type CalendarDuration } from './duration';
export {
  formatInstant,
  formatInterval,
  MOST_BATCHES,
  parseInstant,
  parseInterval,
  splitInterval,
  type Interval,
} from './interval';
export {
  endOfSteps,
  intervalAt,
  isOpenInterval,
  parseOpenInterval,
  stepsUntil,
  type OpenInterval,
} from './open-interval';
export { PollPace, type Random } from './poll-pace';
export { Semaphore } from './semaphore';
