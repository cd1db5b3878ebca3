import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** This process calls the local tenant, and must trust the authority that the tenant made. @param authority PEM */
export function trust(authority: string): void {
  setDefaultCACertificates([...getCACertificates('default'), authority]);
}
