/** What stands between this machine and a server: the proxies that the environment names. */
export { environmentProxy, namesProxy, UnusableProxy, type Proxy } from './proxy';
