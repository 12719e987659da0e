import { s, schema, type DataSourceDefinition } from '../../../../src/framework';
import type { Aws } from '../clients';
import { partitionOf } from '../partitions';

const partitionSchema = schema({
  description: 'The partition of AWS that the provider works in.',
  attributes: {
    id: s.string({ computed: true, description: 'The partition.' }),
    partition: s.string({ computed: true, description: 'What ARNs have after `arn:`.' }),
    dns_suffix: s.string({ computed: true, description: 'What host names end in.' }),
    reverse_dns_prefix: s.string({ computed: true, description: 'The same, from its end.' }),
  },
});

/** data aws_partition */
export const partition: DataSourceDefinition<typeof partitionSchema, Aws> = {
  type: 'aws_partition',
  schema: partitionSchema,
  read: ({ client }) => {
    const { partition: name, dnsSuffix } = partitionOf(client.region);
    const reversed = dnsSuffix.split('.').reverse().join('.');
    return Promise.resolve({ id: name, partition: name, dns_suffix: dnsSuffix, reverse_dns_prefix: reversed });
  },
};
