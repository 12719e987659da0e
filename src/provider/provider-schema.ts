import { block, s, schema } from '../framework';

const credentials = (what: string, variables: string) =>
  block.single(
    { description: `Basic authentication for the ${what}. Leave the block out when it asks for none.` },
    {
      username: s.string({
        optional: true,
        description: `User name for the ${what}. Environment variable: \`${variables}_USERNAME\`.`,
      }),
      password: s.string({
        optional: true,
        sensitive: true,
        description: `Password for the ${what}. Environment variable: \`${variables}_PASSWORD\`; prefer it to writing the password into a file.`,
      }),
    },
  );

const protocol = (what: string, variable: string) =>
  s.string({
    optional: true,
    description: `Protocol spoken to the ${what}: \`http\` or \`https\` (default). Environment variable: \`${variable}\`.`,
  });

/**
 * The provider block: arguments and environment variables of the official Genesys Cloud provider, and a few of our own.
 * Values are checked in one place, wherever they come from: see configuration.ts.
 */
export const providerSchema = schema({
  description:
    'Bulk recording export and legal hold for Genesys Cloud. ' +
    'Takes the same credentials, region, gateway and proxy settings, and the same `GENESYSCLOUD_…` environment variables, as the official Genesys Cloud provider, so both can share one configuration; what is written here beats the environment. ' +
    'Nothing is sent to Genesys Cloud before the first resource needs it.',
  attributes: {
    access_token: s.string({
      optional: true,
      sensitive: true,
      description:
        'OAuth access token, used instead of `oauthclient_id` and `oauthclient_secret`. It is not renewed: an export that waits longer than the token lives fails, so prefer client credentials for unattended runs. ' +
        'Environment variable: `GENESYSCLOUD_ACCESS_TOKEN`.',
    }),
    oauthclient_id: s.string({
      optional: true,
      description:
        'Id of an OAuth client with the grant type Client Credentials. Only the client that created a recording job may run it, so keep using the same client while an export is under way. For every day take one that can hold and never release, and a second one for releases alone: docs/permissions.md lists the permissions of both. ' +
        'Environment variable: `GENESYSCLOUD_OAUTHCLIENT_ID`.',
    }),
    oauthclient_secret: s.string({
      optional: true,
      sensitive: true,
      description:
        'Secret of that OAuth client. Environment variable: `GENESYSCLOUD_OAUTHCLIENT_SECRET`; prefer it to writing the secret into a file.',
    }),
    aws_region: s.string({
      optional: true,
      description:
        'AWS region of the Genesys Cloud organization, in any case: `us-east-1`, `eu-central-1`, `ap-southeast-2`, … It decides which API and login hosts are used. ' +
        'Environment variable: `GENESYSCLOUD_REGION`.',
    }),
    requests_per_minute: s.number({
      optional: true,
      description:
        'Most requests a minute that this provider sends to Genesys Cloud. Default: 300, what Genesys Cloud allows one client-credentials token. Set it lower when other tools use the same OAuth client, higher only when Genesys Cloud has raised your limit. ' +
        'Environment variable: `GENESYSCLOUD_REQUESTS_PER_MINUTE`.',
    }),
    retry_timeout: s.string({
      optional: true,
      description:
        'How long one request is retried when Genesys Cloud throttles it, answers with a passing server error or cannot be reached, as a duration like `90s`, `5m` or `1h`. Default: `5m`. Waiting for an export to finish is not counted here: see `timeouts` of the resource. ' +
        'Environment variable: `GENESYSCLOUD_RETRY_TIMEOUT`.',
    }),
    hold_api: s.string({
      optional: true,
      description:
        'Which API protects conversations. `compliance`: `POST /api/v2/compliance/legalholds`, which not every organization has. `deletion_protection`: `PUT /api/v2/recordings/deletionprotection`, the public API, which protects at most 1,000 conversations per organization and knows no names or cases. ' +
        '`auto` (default) asks the organization once whether the compliance endpoint exists and otherwise uses deletion protection. What a hold was made with is recorded in its state and used for it ever after. ' +
        'Environment variable: `GENESYSCLOUD_HOLD_API`.',
    }),
    external_reference_id_pattern: s.string({
      optional: true,
      description:
        'Regular expression that every `external_reference_id` must match as a whole, when your matter numbers have another form than the default `^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$`. ' +
        'Environment variable: `GENESYSCLOUD_EXTERNAL_REFERENCE_ID_PATTERN`.',
    }),
    register: s.string({
      optional: true,
      description:
        'Where it is kept which matter needs which recordings: `s3://bucket/prefix`, or a folder. Genesys Cloud and S3 keep one bit for everybody; the register knows who needs it, so that a release lifts only what no other matter claims. All machines that hold or release must use the same one. ' +
        'S3 is reached with the AWS settings of the environment (credentials, `AWS_REGION`, `AWS_ENDPOINT_URL_S3`), and needs `s3:ListBucket`, `s3:GetObject` and `s3:PutObject`, never a deletion. Nothing is asked of it before a hold is read, made or released. ' +
        'Left out: `$XDG_STATE_HOME/genesyscloud-compliance/register`, that is `~/.local/state/…` (on Windows below `%LOCALAPPDATA%`), which is enough for one person on one machine. A release says then that other machines were not asked, and is refused where the environment variable `CI` is set. ' +
        'Environment variable: `GENESYSCLOUD_COMPLIANCE_REGISTER`.',
    }),
    show_matters: s.bool({
      optional: true,
      description:
        'Show other matters by name in plans and messages. Default: `false`: they are shown as claim ids and counts, because who works on one matter may not be allowed to know of another.',
    }),
    release_approvers: s.list('string', {
      optional: true,
      description:
        'Ed25519 public keys, in PEM, of those who may approve a release: `release_approvers = [file("keys/anna.pem"), file("keys/bo.pem")]`. With it a hold is released only with the signatures of `approvals_required` of them, made with `genesyscloud-compliance approve` and given to the hold as `release_approvals`. ' +
        'They are pinned in the claim of each hold when it is made, or at the next apply of a hold without any. From then on those that are pinned count, whatever is written here; changing them takes the approvals of those that are. Default: nobody has to approve.',
    }),
    approvals_required: s.number({
      optional: true,
      description:
        'How many of `release_approvers` must sign, each with a key of their own. Default with `release_approvers`: 2.',
    }),
    all_holds_adopted: s.bool({
      optional: true,
      description:
        'Says that every hold made by version 0.1.0 has been applied with this version and is in the register. Default: `false`: releasing a hold of 0.1.0 keeps every recording protected, since another such hold that nobody has registered may need it.',
    }),
  },
  blocks: {
    gateway: block.single(
      {
        description:
          'A gateway of your own that stands before the Genesys Cloud API, login included: requests go to `protocol://host:port/path_value/…` instead of the hosts of the region.',
      },
      {
        protocol: protocol('gateway', 'GENESYSCLOUD_GATEWAY_PROTOCOL'),
        host: s.string({
          optional: true,
          description: 'Host name or address of the gateway. Environment variable: `GENESYSCLOUD_GATEWAY_HOST`.',
        }),
        port: s.number({
          optional: true,
          description:
            'Port of the gateway; left out, that of the protocol. Environment variable: `GENESYSCLOUD_GATEWAY_PORT`.',
        }),
      },
      {
        path_params: block.list(
          {
            description:
              'A path of the gateway for one kind of request. Environment variables, for one entry: `GENESYSCLOUD_GATEWAY_PATH_NAME` and `GENESYSCLOUD_GATEWAY_PATH_VALUE`.',
          },
          {
            path_name: s.string({
              required: true,
              description: 'Kind of request: `api` for the API, `login` for the token endpoint.',
            }),
            path_value: s.string({
              required: true,
              description: 'Path on the gateway that is put before the path of such requests, e.g. `genesys/api`.',
            }),
          },
        ),
        auth: credentials('gateway', 'GENESYSCLOUD_GATEWAY_AUTH'),
      },
    ),
    proxy: block.single(
      { description: 'HTTP proxy through which Genesys Cloud (or the gateway) is reached.' },
      {
        protocol: protocol('proxy', 'GENESYSCLOUD_PROXY_PROTOCOL'),
        host: s.string({
          optional: true,
          description: 'Host name or address of the proxy. Environment variable: `GENESYSCLOUD_PROXY_HOST`.',
        }),
        port: s.number({
          optional: true,
          description:
            'Port of the proxy; left out, that of the protocol. Environment variable: `GENESYSCLOUD_PROXY_PORT`.',
        }),
      },
      { auth: credentials('proxy', 'GENESYSCLOUD_PROXY_AUTH') },
    ),
  },
});
