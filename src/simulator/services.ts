/** The AWS services behind the one port. */
import type { AwsService } from './aws-request';
import type { Service } from './aws-server';
import { s3Service } from './s3-service';

export const services: Readonly<Record<AwsService, Service>> = {
  s3: s3Service,
  's3-control': s3Service,
  iam: s3Service,
  sts: s3Service,
  kms: s3Service,
};
