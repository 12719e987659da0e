import type { ProviderDefinition } from '../framework';
import type { Compliance, ProviderDependencies } from './compliance';
import { resolveConfiguration } from './configuration';
import { exportJobDataSource } from './export-job/data-source';
import { exportJobResource } from './export-job/resource';
import { ExportedSets } from './exported-sets';
import { exportPrefixesFunction } from './functions/export-prefixes';
import { policyAllowsFunction } from './functions/policy-allows';
import { splitIntervalFunction } from './functions/split-interval';
import { holdsDataSource } from './holds/data-source';
import { lookBoundsOf } from './look-bounds';
import { legalHoldResource } from './legalhold/resource';
import { objectHoldResource } from './object-hold/resource';
import { preflightDataSource } from './preflight/data-source';
import { providerSchema } from './provider-schema';
import { SharedRegister } from './register';

/** The provider `terraform.local/genesyscloud/compliance`. Making one, and configuring it, sends nothing. */
export function complianceProvider(
  dependencies: ProviderDependencies,
): ProviderDefinition<typeof providerSchema, Compliance> {
  return {
    schema: providerSchema,
    version: dependencies.version,
    validate({ config, diagnostics }) {
      for (const { summary, detail, path } of resolveConfiguration(config, dependencies.env).mistakes) {
        diagnostics.error(summary, detail, path);
      }
    },
    configure({ config, diagnostics }) {
      const { settings, mistakes, missing } = resolveConfiguration(config, dependencies.env);
      for (const { summary, detail, path } of missing === undefined ? mistakes : [...mistakes, missing]) {
        diagnostics.error(summary, detail, path);
      }
      if (settings === undefined) return undefined;
      const genesys = dependencies.connect(settings.genesys);
      return {
        genesys,
        holdApi: settings.genesys.holdApi,
        externalReferenceIdPattern: settings.externalReferenceIdPattern,
        predecessors: new Map(),
        exportedSets: new ExportedSets(),
        // Times that are evidence are those of Genesys Cloud's clock, as soon as it has answered.
        now: () => genesys.serverTime() ?? dependencies.now(),
        lookBounds: lookBoundsOf(dependencies.env),
        deliveryProof: dependencies.deliveryProof,
        preflight: (reach) => dependencies.liveSources(settings.genesys, reach),
        openBucket: dependencies.openBucket,
        journalFolder: dependencies.journalFolder,
        register: new SharedRegister(settings, dependencies.registers, dependencies.env),
        journals: new Map(),
      };
    },
    resources: [exportJobResource, legalHoldResource, objectHoldResource],
    dataSources: [exportJobDataSource, holdsDataSource, preflightDataSource],
    functions: [exportPrefixesFunction, policyAllowsFunction, splitIntervalFunction],
  };
}
