import { join } from 'node:path';

/** The project's folder. */
export const projectFolder = join(import.meta.dirname, '..', '..', '..');

/** Where one local installation keeps its things; git ignores all of it. */
export interface LocalPaths {
  readonly folder: string;
  /** State and certificates of the local tenant. */
  readonly tenantFolder: string;
  /** What the API reads. */
  readonly apiSettings: string;
  /** What `npm run token` and apps/sample-backend read. */
  readonly sampleSettings: string;
  /** What Vite reads for apps/sample-product. */
  readonly sampleProductSettings: string;
  readonly stamp: string;
  /** Private key of the privileged worker for Token Vault. */
  readonly workerKey: string;
  /** What the Action signs its notices with. */
  readonly noticeSecret: string;
  /** What the log stream brings to the API. */
  readonly logStreamToken: string;
  /** Database and encryption key of the API. */
  readonly relayFolder: string;
  readonly apiLog: string;
}

/** @param portOffset installations with other ports have a folder of their own */
export function localPaths(portOffset: number): LocalPaths {
  const folder = join(projectFolder, '.data', portOffset === 0 ? 'local' : `local-${portOffset}`);
  return {
    folder,
    tenantFolder: join(folder, 'tenant'),
    apiSettings: join(folder, 'api.env'),
    sampleSettings: join(folder, 'samples.env'),
    relayFolder: join(folder, 'relay'),
    sampleProductSettings: join(folder, 'sample-product', '.env'),
    stamp: join(folder, 'deployment-stamp'),
    workerKey: join(folder, 'token-vault-worker.pem'),
    noticeSecret: join(folder, 'notice-secret'),
    logStreamToken: join(folder, 'log-stream-token'),
    apiLog: join(folder, 'api.log'),
  };
}
