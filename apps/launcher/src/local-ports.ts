import { defaultPorts, type LocalTenantPorts } from '@idp-relay/local-tenant';

/** All ports of a local installation, on loopback. */
export interface LocalPorts {
  readonly api: number;
  readonly metrics: number;
  readonly tenant: LocalTenantPorts;
}

/** @param offset added to every port */
export function localPorts(offset: number): LocalPorts {
  return {
    api: 3000 + offset,
    metrics: 9464 + offset,
    tenant: {
      tenantHttps: defaultPorts.tenantHttps + offset,
      tenantHttp: defaultPorts.tenantHttp + offset,
      idpsHttps: defaultPorts.idpsHttps + offset,
      idpsHttp: defaultPorts.idpsHttp + offset,
      control: defaultPorts.control + offset,
    },
  };
}

/** The same as a list. */
export function allPorts({ api, metrics, tenant }: LocalPorts): readonly number[] {
  return [api, metrics, ...Object.values<number>({ ...tenant })];
}
