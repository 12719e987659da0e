/** What a Ceph of one monitor, one store in memory and one gateway is told. Pure. */

/** Where it lies and listens. */
export interface CephPlace {
  /** Everything it writes goes below this folder. */
  readonly folder: string;
  /** Identity of the cluster: a UUID. */
  readonly fsid: string;
  /** On loopback. */
  readonly monitorPort: number;
  readonly gatewayPort: number;
}

/** A key that Ceph makes for itself, and what it opens. */
export interface CephKey {
  readonly name: string;
  readonly caps: readonly string[];
}

/** Entities that speak to each other. A gateway without a key of its own hangs for ever when it starts. */
export const CEPH_KEYS: readonly CephKey[] = [
  { name: 'mon.', caps: ['mon', 'allow *'] },
  { name: 'client.admin', caps: ['mon', 'allow *', 'osd', 'allow *'] },
  { name: 'client.rgw', caps: ['mon', 'allow rw', 'osd', 'allow rwx'] },
  { name: 'osd.0', caps: ['mon', 'allow profile osd', 'osd', 'allow *'] },
];

/** Objects of the tests are tiny, but each takes some 44 KB of the store. */
const STORE_BYTES = 2 * 2 ** 30;

/** The text of `ceph.conf`. */
export function cephConf({ folder, fsid, monitorPort, gatewayPort }: CephPlace): string {
  const settings: Readonly<Record<string, string | number>> = {
    fsid,
    'mon host': `v1:127.0.0.1:${monitorPort}`,
    'public addr': '127.0.0.1',
    'cluster addr': '127.0.0.1',
    'auth cluster required': 'cephx',
    'auth service required': 'cephx',
    'auth client required': 'cephx',
    keyring: `${folder}/keyring`,
    'run dir': folder,
    'admin socket': `${folder}/$name.asok`,
    'pid file': '',
    'log file': '',
    'log to stderr': 'true',
    'debug rocksdb': '0/0',
    'debug memdb': '0/0',
    'mon cluster log file': '/dev/null',
    'mon data': `${folder}/mon`,
    // A disk that is nearly full must not keep a store in memory from starting.
    'mon data avail crit': 1,
    'mon data avail warn': 1,
    'mon allow pool size one': 'true',
    'mon max pg per osd': 1000,
    'osd data': `${folder}/osd`,
    'osd objectstore': 'memstore',
    'memstore device bytes': STORE_BYTES,
    'osd pool default size': 1,
    'osd pool default min size': 1,
    'osd pool default pg num': 1,
    'osd pool default pgp num': 1,
    'osd crush chooseleaf type': 0,
    // The gateway's indexes are classes that a store loads only when it is told to.
    'osd class load list': '*',
    'osd class default list': '*',
    'rgw data': `${folder}/rgw`,
    'rgw frontends': `beast endpoint=127.0.0.1:${gatewayPort}`,
    'rgw s3 auth use sts': 'true',
    // Sixteen characters, with which the gateway seals session tokens.
    'rgw sts key': fsid.replaceAll('-', '').slice(0, 16),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return `[global]\n${lines.join('\n')}\n\n[mon.a]\nhost = localhost\n`;
}
