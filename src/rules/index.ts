/** One rule a file, pure over {@link Facts}; the registry, and how findings are told. */
export type * from './facts';
