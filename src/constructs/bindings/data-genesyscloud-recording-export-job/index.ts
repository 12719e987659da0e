// Generated from the schema of the provider by "npm run bindings". Do not edit.
import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface DataGenesyscloudRecordingExportJobConfig extends cdktf.TerraformMetaArguments {
  /**
  * Ids of the recording jobs (UUIDs, at least one). For an export job of another configuration: `split(",", id)`.
  */
  readonly jobIds: string[];
}
export interface DataGenesyscloudRecordingExportJobBatches {
}

export function dataGenesyscloudRecordingExportJobBatchesToTerraform(struct?: DataGenesyscloudRecordingExportJobBatches): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function dataGenesyscloudRecordingExportJobBatchesToHclTerraform(struct?: DataGenesyscloudRecordingExportJobBatches): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataGenesyscloudRecordingExportJobBatchesOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): DataGenesyscloudRecordingExportJobBatches | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataGenesyscloudRecordingExportJobBatches | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // conversation_count - computed: true, optional: false, required: false
  public get conversationCount() {
    return this.getNumberAttribute('conversation_count');
  }

  // error - computed: true, optional: false, required: false
  public get error() {
    return this.getStringAttribute('error');
  }

  // failed_recording_count - computed: true, optional: false, required: false
  public get failedRecordingCount() {
    return this.getNumberAttribute('failed_recording_count');
  }

  // interval - computed: true, optional: false, required: false
  public get interval() {
    return this.getStringAttribute('interval');
  }

  // job_id - computed: true, optional: false, required: false
  public get jobId() {
    return this.getStringAttribute('job_id');
  }

  // recording_count - computed: true, optional: false, required: false
  public get recordingCount() {
    return this.getNumberAttribute('recording_count');
  }

  // state - computed: true, optional: false, required: false
  public get state() {
    return this.getStringAttribute('state');
  }
}

export class DataGenesyscloudRecordingExportJobBatchesList extends cdktf.ComplexList {

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
  public get(index: number): DataGenesyscloudRecordingExportJobBatchesOutputReference {
    return new DataGenesyscloudRecordingExportJobBatchesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface DataGenesyscloudRecordingExportJobFailedRecordings {
}

export function dataGenesyscloudRecordingExportJobFailedRecordingsToTerraform(struct?: DataGenesyscloudRecordingExportJobFailedRecordings): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function dataGenesyscloudRecordingExportJobFailedRecordingsToHclTerraform(struct?: DataGenesyscloudRecordingExportJobFailedRecordings): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataGenesyscloudRecordingExportJobFailedRecordingsOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): DataGenesyscloudRecordingExportJobFailedRecordings | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataGenesyscloudRecordingExportJobFailedRecordings | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // conversation_id - computed: true, optional: false, required: false
  public get conversationId() {
    return this.getStringAttribute('conversation_id');
  }

  // recording_id - computed: true, optional: false, required: false
  public get recordingId() {
    return this.getStringAttribute('recording_id');
  }
}

export class DataGenesyscloudRecordingExportJobFailedRecordingsList extends cdktf.ComplexList {

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
  public get(index: number): DataGenesyscloudRecordingExportJobFailedRecordingsOutputReference {
    return new DataGenesyscloudRecordingExportJobFailedRecordingsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
* Represents a `genesyscloud_recording_export_job`
*/
export class DataGenesyscloudRecordingExportJob extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "genesyscloud_recording_export_job";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataGenesyscloudRecordingExportJob resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataGenesyscloudRecordingExportJob to import
  * @param importFromId The id of the existing DataGenesyscloudRecordingExportJob that should be imported. Refer to the `import section` in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataGenesyscloudRecordingExportJob to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "genesyscloud_recording_export_job", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `genesyscloud_recording_export_job` Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataGenesyscloudRecordingExportJobConfig
  */
  public constructor(scope: Construct, id: string, config: DataGenesyscloudRecordingExportJobConfig) {
    super(scope, id, {
      terraformResourceType: 'genesyscloud_recording_export_job',
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
    this._jobIds = config.jobIds;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // address_from - computed: true, optional: false, required: false
  public get addressFrom() {
    return this.getStringAttribute('address_from');
  }

  // address_to - computed: true, optional: false, required: false
  public get addressTo() {
    return this.getStringAttribute('address_to');
  }

  // batches - computed: true, optional: false, required: false
  private _batches = new DataGenesyscloudRecordingExportJobBatchesList(this, "batches", false);
  public get batches() {
    return this._batches;
  }

  // conversation_count - computed: true, optional: false, required: false
  public get conversationCount() {
    return this.getNumberAttribute('conversation_count');
  }

  // conversation_ids_sha256 - computed: true, optional: false, required: false
  public get conversationIdsSha256() {
    return this.getStringAttribute('conversation_ids_sha256');
  }

  // external_tag - computed: true, optional: false, required: false
  public get externalTag() {
    return this.getStringAttribute('external_tag');
  }

  // failed_recording_count - computed: true, optional: false, required: false
  public get failedRecordingCount() {
    return this.getNumberAttribute('failed_recording_count');
  }

  // failed_recordings - computed: true, optional: false, required: false
  private _failedRecordings = new DataGenesyscloudRecordingExportJobFailedRecordingsList(this, "failed_recordings", false);
  public get failedRecordings() {
    return this._failedRecordings;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // integration_id - computed: true, optional: false, required: false
  public get integrationId() {
    return this.getStringAttribute('integration_id');
  }

  // interval - computed: true, optional: false, required: false
  public get interval() {
    return this.getStringAttribute('interval');
  }

  // job_ids - computed: false, optional: false, required: true
  private _jobIds?: string[]; 
  public get jobIds() {
    return this.getListAttribute('job_ids');
  }
  public set jobIds(value: string[]) {
    this._jobIds = value;
  }
  // Temporarily expose input value. Use with caution.
  public get jobIdsInput() {
    return this._jobIds;
  }

  // media_types - computed: true, optional: false, required: false
  public get mediaTypes() {
    return cdktf.Fn.tolist(this.getListAttribute('media_types'));
  }

  // message_types - computed: true, optional: false, required: false
  public get messageTypes() {
    return cdktf.Fn.tolist(this.getListAttribute('message_types'));
  }

  // pending_recording_count - computed: true, optional: false, required: false
  public get pendingRecordingCount() {
    return this.getNumberAttribute('pending_recording_count');
  }

  // recording_count - computed: true, optional: false, required: false
  public get recordingCount() {
    return this.getNumberAttribute('recording_count');
  }

  // state - computed: true, optional: false, required: false
  public get state() {
    return this.getStringAttribute('state');
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
      job_ids: cdktf.listMapper(cdktf.stringToTerraform, false)(this._jobIds),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      job_ids: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._jobIds),
        isBlock: false,
        type: "list",
        storageClassType: "stringList",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
