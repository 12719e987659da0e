// Generated from the schema of the provider by "npm run bindings". Do not edit.
import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface DataGenesyscloudCompliancePreflightConfig extends cdktf.TerraformMetaArguments {
  /**
  * As `address_from` of the export job.
  */
  readonly addressFrom?: string;
  /**
  * As `address_to` of the export job.
  */
  readonly addressTo?: string;
  /**
  * As `batch_interval` of the export job.
  */
  readonly batchInterval?: string;
  /**
  * Name of the bucket that exports are written to.
  */
  readonly bucket?: string;
  /**
  * What is to be exported, by id (UUIDs).
  */
  readonly conversationIds?: string[];
  /**
  * URL of an S3-compatible service that has the bucket, instead of AWS, as `endpoint` of an object hold. It is asked with the same credentials, and knows no IAM: roles are looked up at AWS. Default: AWS, or what `AWS_ENDPOINT_URL_S3` says.
  */
  readonly endpoint?: string;
  /**
  * As `external_reference_id` of the hold.
  */
  readonly externalReferenceId?: string;
  /**
  * As `external_tag` of the export job.
  */
  readonly externalTag?: string;
  /**
  * From which severity on findings count for `passed`: `error` (default) or `warn`.
  */
  readonly failOn?: string;
  /**
  * Name or ARN of the role that sets legal holds on exported files. Its policies are read with the AWS credentials of the environment.
  */
  readonly holdRoleArn?: string;
  /**
  * The AWS S3 recording bulk actions integration.
  */
  readonly integrationId?: string;
  /**
  * What is to be exported, by time: ISO-8601 `start/end`, or `start/..` with `batch_interval` for "from then on", of which the steps that have ended are looked at. At most one of `interval` and `conversation_ids`.
  */
  readonly interval?: string;
  /**
  * Slowest good answer of the endpoint that holds, in milliseconds (95th percentile). Default: 2000.
  */
  readonly latencyThresholdMs?: number;
  /**
  * As `media_types` of the export job.
  */
  readonly mediaTypes?: string[];
  /**
  * As `message_types` of the export job.
  */
  readonly messageTypes?: string[];
  /**
  * Where in the bucket, without leading slash. Default: all of it.
  */
  readonly prefix?: string;
  /**
  * How many conversations of the organization are protected already. Default: counted, in an organization of up to 5,000 recordings.
  */
  readonly protectedConversations?: number;
  /**
  * Name or ARN of the role that is there for releasing them; everybody else who can is a finding. Its policies are read with the AWS credentials of the environment.
  */
  readonly releaseRoleArn?: string;
  /**
  * Name or ARN of the role that Genesys Cloud assumes to write exports. Its policies are read with the AWS credentials of the environment.
  */
  readonly roleArn?: string;
  /**
  * Name or ARN of the role that tags exported files; default: `role_arn`. Its policies are read with the AWS credentials of the environment.
  */
  readonly taggingRoleArn?: string;
  /**
  * SIP trunks to look at (UUIDs). Trunks carry calls; neither SMS nor exported files pass one.
  */
  readonly trunkIds?: string[];
}
export interface DataGenesyscloudCompliancePreflightFindings {
}

export function dataGenesyscloudCompliancePreflightFindingsToTerraform(struct?: DataGenesyscloudCompliancePreflightFindings): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function dataGenesyscloudCompliancePreflightFindingsToHclTerraform(struct?: DataGenesyscloudCompliancePreflightFindings): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataGenesyscloudCompliancePreflightFindingsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): DataGenesyscloudCompliancePreflightFindings | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataGenesyscloudCompliancePreflightFindings | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // address - computed: true, optional: false, required: false
  public get address() {
    return this.getStringAttribute('address');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // message - computed: true, optional: false, required: false
  public get message() {
    return this.getStringAttribute('message');
  }

  // remedy - computed: true, optional: false, required: false
  public get remedy() {
    return this.getStringAttribute('remedy');
  }

  // rule - computed: true, optional: false, required: false
  public get rule() {
    return this.getStringAttribute('rule');
  }

  // severity - computed: true, optional: false, required: false
  public get severity() {
    return this.getStringAttribute('severity');
  }

  // status - computed: true, optional: false, required: false
  public get status() {
    return this.getStringAttribute('status');
  }
}

export class DataGenesyscloudCompliancePreflightFindingsList extends cdktf.ComplexList {

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected override terraformResource: cdktf.IInterpolatingParent, protected override terraformAttribute: string, protected override wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): DataGenesyscloudCompliancePreflightFindingsOutputReference {
    return new DataGenesyscloudCompliancePreflightFindingsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
* Represents a `genesyscloud_compliance_preflight`
*/
export class DataGenesyscloudCompliancePreflight extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "genesyscloud_compliance_preflight";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataGenesyscloudCompliancePreflight resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataGenesyscloudCompliancePreflight to import
  * @param importFromId The id of the existing DataGenesyscloudCompliancePreflight that should be imported. Refer to the `import section` in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataGenesyscloudCompliancePreflight to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "genesyscloud_compliance_preflight", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `genesyscloud_compliance_preflight` Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataGenesyscloudCompliancePreflightConfig = {}
  */
  public constructor(scope: Construct, id: string, config: DataGenesyscloudCompliancePreflightConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'genesyscloud_compliance_preflight',
      terraformGeneratorMetadata: {
        providerName: 'compliance',
        providerVersion: '~> 0.1'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._addressFrom = config.addressFrom;
    this._addressTo = config.addressTo;
    this._batchInterval = config.batchInterval;
    this._bucket = config.bucket;
    this._conversationIds = config.conversationIds;
    this._endpoint = config.endpoint;
    this._externalReferenceId = config.externalReferenceId;
    this._externalTag = config.externalTag;
    this._failOn = config.failOn;
    this._holdRoleArn = config.holdRoleArn;
    this._integrationId = config.integrationId;
    this._interval = config.interval;
    this._latencyThresholdMs = config.latencyThresholdMs;
    this._mediaTypes = config.mediaTypes;
    this._messageTypes = config.messageTypes;
    this._prefix = config.prefix;
    this._protectedConversations = config.protectedConversations;
    this._releaseRoleArn = config.releaseRoleArn;
    this._roleArn = config.roleArn;
    this._taggingRoleArn = config.taggingRoleArn;
    this._trunkIds = config.trunkIds;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // address_from - computed: false, optional: true, required: false
  private _addressFrom?: string; 
  public get addressFrom() {
    return this.getStringAttribute('address_from');
  }
  public set addressFrom(value: string) {
    this._addressFrom = value;
  }
  public resetAddressFrom() {
    this._addressFrom = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get addressFromInput() {
    return this._addressFrom;
  }

  // address_to - computed: false, optional: true, required: false
  private _addressTo?: string; 
  public get addressTo() {
    return this.getStringAttribute('address_to');
  }
  public set addressTo(value: string) {
    this._addressTo = value;
  }
  public resetAddressTo() {
    this._addressTo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get addressToInput() {
    return this._addressTo;
  }

  // batch_interval - computed: false, optional: true, required: false
  private _batchInterval?: string; 
  public get batchInterval() {
    return this.getStringAttribute('batch_interval');
  }
  public set batchInterval(value: string) {
    this._batchInterval = value;
  }
  public resetBatchInterval() {
    this._batchInterval = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get batchIntervalInput() {
    return this._batchInterval;
  }

  // bucket - computed: false, optional: true, required: false
  private _bucket?: string; 
  public get bucket() {
    return this.getStringAttribute('bucket');
  }
  public set bucket(value: string) {
    this._bucket = value;
  }
  public resetBucket() {
    this._bucket = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get bucketInput() {
    return this._bucket;
  }

  // conversation_ids - computed: false, optional: true, required: false
  private _conversationIds?: string[]; 
  public get conversationIds() {
    return cdktf.Fn.tolist(this.getListAttribute('conversation_ids'));
  }
  public set conversationIds(value: string[]) {
    this._conversationIds = value;
  }
  public resetConversationIds() {
    this._conversationIds = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get conversationIdsInput() {
    return this._conversationIds;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // error_count - computed: true, optional: false, required: false
  public get errorCount() {
    return this.getNumberAttribute('error_count');
  }

  // external_reference_id - computed: false, optional: true, required: false
  private _externalReferenceId?: string; 
  public get externalReferenceId() {
    return this.getStringAttribute('external_reference_id');
  }
  public set externalReferenceId(value: string) {
    this._externalReferenceId = value;
  }
  public resetExternalReferenceId() {
    this._externalReferenceId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get externalReferenceIdInput() {
    return this._externalReferenceId;
  }

  // external_tag - computed: false, optional: true, required: false
  private _externalTag?: string; 
  public get externalTag() {
    return this.getStringAttribute('external_tag');
  }
  public set externalTag(value: string) {
    this._externalTag = value;
  }
  public resetExternalTag() {
    this._externalTag = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get externalTagInput() {
    return this._externalTag;
  }

  // fail_on - computed: false, optional: true, required: false
  private _failOn?: string; 
  public get failOn() {
    return this.getStringAttribute('fail_on');
  }
  public set failOn(value: string) {
    this._failOn = value;
  }
  public resetFailOn() {
    this._failOn = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get failOnInput() {
    return this._failOn;
  }

  // findings - computed: true, optional: false, required: false
  private _findings = new DataGenesyscloudCompliancePreflightFindingsList(this, "findings", false);
  public get findings() {
    return this._findings;
  }

  // hold_role_arn - computed: false, optional: true, required: false
  private _holdRoleArn?: string; 
  public get holdRoleArn() {
    return this.getStringAttribute('hold_role_arn');
  }
  public set holdRoleArn(value: string) {
    this._holdRoleArn = value;
  }
  public resetHoldRoleArn() {
    this._holdRoleArn = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get holdRoleArnInput() {
    return this._holdRoleArn;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // integration_id - computed: false, optional: true, required: false
  private _integrationId?: string; 
  public get integrationId() {
    return this.getStringAttribute('integration_id');
  }
  public set integrationId(value: string) {
    this._integrationId = value;
  }
  public resetIntegrationId() {
    this._integrationId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get integrationIdInput() {
    return this._integrationId;
  }

  // interval - computed: false, optional: true, required: false
  private _interval?: string; 
  public get interval() {
    return this.getStringAttribute('interval');
  }
  public set interval(value: string) {
    this._interval = value;
  }
  public resetInterval() {
    this._interval = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get intervalInput() {
    return this._interval;
  }

  // latency_threshold_ms - computed: false, optional: true, required: false
  private _latencyThresholdMs?: number; 
  public get latencyThresholdMs() {
    return this.getNumberAttribute('latency_threshold_ms');
  }
  public set latencyThresholdMs(value: number) {
    this._latencyThresholdMs = value;
  }
  public resetLatencyThresholdMs() {
    this._latencyThresholdMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get latencyThresholdMsInput() {
    return this._latencyThresholdMs;
  }

  // media_types - computed: false, optional: true, required: false
  private _mediaTypes?: string[]; 
  public get mediaTypes() {
    return cdktf.Fn.tolist(this.getListAttribute('media_types'));
  }
  public set mediaTypes(value: string[]) {
    this._mediaTypes = value;
  }
  public resetMediaTypes() {
    this._mediaTypes = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mediaTypesInput() {
    return this._mediaTypes;
  }

  // message_types - computed: false, optional: true, required: false
  private _messageTypes?: string[]; 
  public get messageTypes() {
    return cdktf.Fn.tolist(this.getListAttribute('message_types'));
  }
  public set messageTypes(value: string[]) {
    this._messageTypes = value;
  }
  public resetMessageTypes() {
    this._messageTypes = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get messageTypesInput() {
    return this._messageTypes;
  }

  // passed - computed: true, optional: false, required: false
  public get passed() {
    return this.getBooleanAttribute('passed');
  }

  // prefix - computed: false, optional: true, required: false
  private _prefix?: string; 
  public get prefix() {
    return this.getStringAttribute('prefix');
  }
  public set prefix(value: string) {
    this._prefix = value;
  }
  public resetPrefix() {
    this._prefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get prefixInput() {
    return this._prefix;
  }

  // protected_conversations - computed: false, optional: true, required: false
  private _protectedConversations?: number; 
  public get protectedConversations() {
    return this.getNumberAttribute('protected_conversations');
  }
  public set protectedConversations(value: number) {
    this._protectedConversations = value;
  }
  public resetProtectedConversations() {
    this._protectedConversations = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get protectedConversationsInput() {
    return this._protectedConversations;
  }

  // release_role_arn - computed: false, optional: true, required: false
  private _releaseRoleArn?: string; 
  public get releaseRoleArn() {
    return this.getStringAttribute('release_role_arn');
  }
  public set releaseRoleArn(value: string) {
    this._releaseRoleArn = value;
  }
  public resetReleaseRoleArn() {
    this._releaseRoleArn = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get releaseRoleArnInput() {
    return this._releaseRoleArn;
  }

  // role_arn - computed: false, optional: true, required: false
  private _roleArn?: string; 
  public get roleArn() {
    return this.getStringAttribute('role_arn');
  }
  public set roleArn(value: string) {
    this._roleArn = value;
  }
  public resetRoleArn() {
    this._roleArn = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get roleArnInput() {
    return this._roleArn;
  }

  // tagging_role_arn - computed: false, optional: true, required: false
  private _taggingRoleArn?: string; 
  public get taggingRoleArn() {
    return this.getStringAttribute('tagging_role_arn');
  }
  public set taggingRoleArn(value: string) {
    this._taggingRoleArn = value;
  }
  public resetTaggingRoleArn() {
    this._taggingRoleArn = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get taggingRoleArnInput() {
    return this._taggingRoleArn;
  }

  // trunk_ids - computed: false, optional: true, required: false
  private _trunkIds?: string[]; 
  public get trunkIds() {
    return cdktf.Fn.tolist(this.getListAttribute('trunk_ids'));
  }
  public set trunkIds(value: string[]) {
    this._trunkIds = value;
  }
  public resetTrunkIds() {
    this._trunkIds = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get trunkIdsInput() {
    return this._trunkIds;
  }

  // unknown_count - computed: true, optional: false, required: false
  public get unknownCount() {
    return this.getNumberAttribute('unknown_count');
  }

  // warning_count - computed: true, optional: false, required: false
  public get warningCount() {
    return this.getNumberAttribute('warning_count');
  }

  // =========
  // SYNTHESIS
  // =========

  /** Says `provider = compliance`: Terraform would look for a provider named after the type's prefix. */
  public override get terraformMetaArguments() {
    const given = super.terraformMetaArguments;
    return given.provider === undefined ? { ...given, provider: 'compliance' } : given;
  }

  protected override synthesizeAttributes(): { [name: string]: any } {
    return {
      address_from: cdktf.stringToTerraform(this._addressFrom),
      address_to: cdktf.stringToTerraform(this._addressTo),
      batch_interval: cdktf.stringToTerraform(this._batchInterval),
      bucket: cdktf.stringToTerraform(this._bucket),
      conversation_ids: cdktf.listMapper(cdktf.stringToTerraform, false)(this._conversationIds),
      endpoint: cdktf.stringToTerraform(this._endpoint),
      external_reference_id: cdktf.stringToTerraform(this._externalReferenceId),
      external_tag: cdktf.stringToTerraform(this._externalTag),
      fail_on: cdktf.stringToTerraform(this._failOn),
      hold_role_arn: cdktf.stringToTerraform(this._holdRoleArn),
      integration_id: cdktf.stringToTerraform(this._integrationId),
      interval: cdktf.stringToTerraform(this._interval),
      latency_threshold_ms: cdktf.numberToTerraform(this._latencyThresholdMs),
      media_types: cdktf.listMapper(cdktf.stringToTerraform, false)(this._mediaTypes),
      message_types: cdktf.listMapper(cdktf.stringToTerraform, false)(this._messageTypes),
      prefix: cdktf.stringToTerraform(this._prefix),
      protected_conversations: cdktf.numberToTerraform(this._protectedConversations),
      release_role_arn: cdktf.stringToTerraform(this._releaseRoleArn),
      role_arn: cdktf.stringToTerraform(this._roleArn),
      tagging_role_arn: cdktf.stringToTerraform(this._taggingRoleArn),
      trunk_ids: cdktf.listMapper(cdktf.stringToTerraform, false)(this._trunkIds),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      address_from: {
        value: cdktf.stringToHclTerraform(this._addressFrom),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      address_to: {
        value: cdktf.stringToHclTerraform(this._addressTo),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      batch_interval: {
        value: cdktf.stringToHclTerraform(this._batchInterval),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      bucket: {
        value: cdktf.stringToHclTerraform(this._bucket),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      conversation_ids: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._conversationIds),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      endpoint: {
        value: cdktf.stringToHclTerraform(this._endpoint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      external_reference_id: {
        value: cdktf.stringToHclTerraform(this._externalReferenceId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      external_tag: {
        value: cdktf.stringToHclTerraform(this._externalTag),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      fail_on: {
        value: cdktf.stringToHclTerraform(this._failOn),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      hold_role_arn: {
        value: cdktf.stringToHclTerraform(this._holdRoleArn),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      integration_id: {
        value: cdktf.stringToHclTerraform(this._integrationId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      interval: {
        value: cdktf.stringToHclTerraform(this._interval),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      latency_threshold_ms: {
        value: cdktf.numberToHclTerraform(this._latencyThresholdMs),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      media_types: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._mediaTypes),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      message_types: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._messageTypes),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      prefix: {
        value: cdktf.stringToHclTerraform(this._prefix),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      protected_conversations: {
        value: cdktf.numberToHclTerraform(this._protectedConversations),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      release_role_arn: {
        value: cdktf.stringToHclTerraform(this._releaseRoleArn),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      role_arn: {
        value: cdktf.stringToHclTerraform(this._roleArn),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      tagging_role_arn: {
        value: cdktf.stringToHclTerraform(this._taggingRoleArn),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      trunk_ids: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._trunkIds),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
