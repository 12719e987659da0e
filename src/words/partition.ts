/** Regions outside of the commercial partition, by how their names begin. */
const PARTITIONS: readonly (readonly [region: RegExp, partition: string])[] = [
  [/^us-gov-/, 'aws-us-gov'],
  [/^cn-/, 'aws-cn'],
  [/^eusc-/, 'aws-eusc'],
  [/^us-iso-/, 'aws-iso'],
  [/^us-isob-/, 'aws-iso-b'],
  [/^eu-isoe-/, 'aws-iso-e'],
  [/^us-isof-/, 'aws-iso-f'],
];

/** `aws`, `aws-us-gov`, `aws-cn` and their like, from a region's name: what ARNs in that region begin with. */
export function partitionOf(region: string | undefined): string {
  return PARTITIONS.find(([begins]) => begins.test(region ?? ''))?.[1] ?? 'aws';
}
