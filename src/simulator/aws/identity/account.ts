/** The one account that everything belongs to. */
export const ACCOUNT_ID = '123456789012';
export const REGION = 'us-east-1';

/** The user whose access key the simulator's environment names. It may do everything that no bucket policy denies. */
export const ADMIN = {
  accessKeyId: 'SIMULATORACCESSKEY01',
  // Told apart from any other text, so that a search for leaked secrets finds only leaks.
  secretAccessKey: 'simulator-aws-secret-1b7e0c5a',
  arn: `arn:aws:iam::${ACCOUNT_ID}:user/simulator-admin`,
  userId: 'AIDASIMULATORADMIN01',
  userName: 'simulator-admin',
} as const;

export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

export function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

export function roleArn(path: string, name: string): string {
  return `arn:aws:iam::${ACCOUNT_ID}:role${path}${name}`;
}

export function policyArn(path: string, name: string): string {
  return `arn:aws:iam::${ACCOUNT_ID}:policy${path}${name}`;
}
