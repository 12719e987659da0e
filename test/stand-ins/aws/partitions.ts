/** A partition of AWS, as the data source and ARNs name it. */
export interface Partition {
  readonly partition: string;
  readonly dnsSuffix: string;
}

/** The partition that a region belongs to. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('us-gov-')) return { partition: 'aws-us-gov', dnsSuffix: 'amazonaws.com' };
  if (region.startsWith('cn-')) return { partition: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' };
  return { partition: 'aws', dnsSuffix: 'amazonaws.com' };
}
