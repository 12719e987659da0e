/** Who did what, by CloudTrail: its event history, and the log files of a trail. */
export { readHistory, type HistoryRange } from './history';
export { readLogs, type LogRange } from './logs';
export { actsOf } from './record';
