/** `aws`, `aws-us-gov` or `aws-cn`, from a region's name: what ARNs in that region begin with. */
export function partitionOf(region: string | undefined): string {
  if (region?.startsWith('us-gov-') === true) return 'aws-us-gov';
  if (region?.startsWith('cn-') === true) return 'aws-cn';
  return 'aws';
}
