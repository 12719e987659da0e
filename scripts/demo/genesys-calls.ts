import type { Simulator } from '../../src/simulator';

/** A colleague with API access: what people do behind Terraform's back. */
export class GenesysCalls {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Logs in with the simulator's own client. */
  static async login({ url, env }: Simulator): Promise<GenesysCalls> {
    const basic = Buffer.from(
      `${env['GENESYSCLOUD_OAUTHCLIENT_ID']}:${env['GENESYSCLOUD_OAUTHCLIENT_SECRET']}`,
    ).toString('base64');
    const answer = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return new GenesysCalls(url, token);
  }

  async request(method: string, path: string, body: unknown): Promise<{ status: number; body: string }> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.text() };
  }
}
