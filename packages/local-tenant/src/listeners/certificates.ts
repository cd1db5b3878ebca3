import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import { join } from 'node:path';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** What a TLS server of the local tenant needs, and what its clients must trust. */
export interface Certificates {
  /** PEM of the server's certificate, for `localhost`, `127.0.0.1` and `::1`. */
  readonly certificate: string;
  /** PEM of the server's private key. */
  readonly key: string;
  /** PEM of the authority that signed it: what `NODE_EXTRA_CA_CERTS` should name. */
  readonly authority: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 24 * 3600 * 1000;
/** Browsers take no server certificate that is good for more than 398 days. */
const serverDays = 397;
const authorityDays = 3650;

/**
 * Certificates of an authority of this tenant's own. With a folder they are made at the first start, kept there
 * (keys readable by their owner alone) and made again before they end; without one they live in memory.
 *
 * The authority's private key is never written: it signs one certificate and is forgotten, so that a person who
 * trusts the authority trusts no more than this one server.
 * @param now milliseconds since the epoch
 */
export async function loadCertificates(now: number, folder?: string): Promise<Certificates> {
  if (folder === undefined) return makeCertificates(now);
  const files = {
    certificate: join(folder, 'server.pem'),
    key: join(folder, 'server-key.pem'),
    authority: authorityFile(folder),
  };
  if (Object.values(files).every((file) => existsSync(file))) {
    const kept: Certificates = {
      certificate: readFileSync(files.certificate, 'utf8'),
      key: readFileSync(files.key, 'utf8'),
      authority: readFileSync(files.authority, 'utf8'),
    };
    if (Date.parse(new NodeCertificate(kept.certificate).validTo) - now > 30 * day) return kept;
  }
  const made = await makeCertificates(now);
  mkdirSync(folder, { recursive: true });
  writeFileSync(files.certificate, made.certificate);
  writeFileSync(files.key, made.key, { mode: 0o600 });
  writeFileSync(files.authority, made.authority);
  return made;
}

/** Where `loadCertificates` keeps the PEM of the authority. */
export function authorityFile(folder: string): string {
  return join(folder, 'ca.pem');
}

async function makeCertificates(now: number): Promise<Certificates> {
  cryptoProvider.set(webcrypto);
  const authorityKeys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const serverKeys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const notBefore = new Date(now - day);
  const authority = await X509CertificateGenerator.createSelfSigned({
    // Each authority has a name of its own: a verifier looks issuers up by name, and may know several of them.
    name: `CN=idp-relay local tenant ${randomBytes(4).toString('hex')}`,
    notBefore,
    notAfter: new Date(now + authorityDays * day),
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const server: X509Certificate = await X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: authority.subject,
    notBefore,
    notAfter: new Date(now + serverDays * day),
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
    ],
  });
  const key = PemConverter.encode(
    await webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey),
    'PRIVATE KEY',
  );
  return { certificate: server.toString('pem'), key, authority: authority.toString('pem') };
}
