declare module 'proxy-from-env' {
  /** The proxy for a URL by the environment; empty when there is none. */
  export function getProxyForUrl(url: string): string;
}
