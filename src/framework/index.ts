/** The provider SDK: schemas with inferred types, plan logic, diagnostics, and the shapes a provider is made of. */
export * from './definition';
export * from './diagnostics';
export * from './schema';
export * from './validation';
