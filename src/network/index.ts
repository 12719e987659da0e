/** What stands between this machine and a server: the proxies that the environment names, certificates. */
export { certificateRemedy, certificateTrouble, type CertificateTrouble } from './certificate-trouble';
export { environmentProxy, namesProxy, UnusableProxy, type Proxy } from './proxy';
