/** The AWS services behind the one port. */
import type { AwsService } from './request';
import type { Service } from './server';
import { controlService } from './batch/control-service';
import { iamService } from './identity/iam-service';
import { kmsService } from './identity/kms-service';
import { stsService } from './identity/sts-service';
import { cloudTrailService } from './trail/cloudtrail-service';
import { s3Service } from './s3/service';

export const services: Readonly<Record<AwsService, Service>> = {
  s3: s3Service,
  's3-control': controlService,
  iam: iamService,
  sts: stsService,
  kms: kmsService,
  cloudtrail: cloudTrailService,
};
