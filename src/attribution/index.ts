/**
 * Who did something, by the records that Genesys Cloud and AWS keep: matching what a record says with what was found. Pure.
 * What no record says is unknown, with the reason; nothing follows from who usually does such things.
 */
export type { Act, Doing } from './act';
export { type Attribution, type KnownActor, type UnknownActor } from './attribution';
export { attributionOf, type Question, recordFor, type Records, type RecordRead, type RecordUnread } from './match';
export { sharesOf, shareInWords, type Share } from './share';
