import type { RelayConfiguration } from '@idp-relay/relay-configuration';

/** A client that is to be there. */
export interface ExpectedClient {
  readonly name: string;
  /** Its id, where that is known: then the name is for people alone, and may be another one in the tenant. */
  readonly clientId?: string;
}

/**
 * What the relay needs of one tenant: what was to be deployed, and what the operators configured. Checks that compare with
 * something that is left out are not made.
 */
export interface TenantExpectations {
  /** The command that brings the tenant to what its files say, for the fixes of findings. */
  readonly deployCommand: string;
  /** True: addresses must be https. */
  readonly production?: boolean;
  /** Issuers whose access tokens the relay accepts, each with a trailing slash. */
  readonly issuers: readonly string[];
  /** Origins of the tenant's custom domains that the relay knows, such as `https://login.example.com`. */
  readonly customDomains: readonly string[];
  /** The machine-to-machine client that reads IdP tokens. */
  readonly relayClient: ExpectedClient;
  /** The relay's API. */
  readonly relayApi: {
    /** Its identifier in the tenant. */
    readonly audience: string;
    readonly permissions: readonly string[];
    /** The longest life of an access token, in seconds. */
    readonly tokenLifetimeSeconds: number;
  };
  readonly roles: readonly {
    readonly name: string;
    /** Permissions of the relay's API. */
    readonly permissions: readonly string[];
  }[];
  /** The permission that somebody must hold by a role, for the dashboard to be of use. */
  readonly operatorPermission: string;
  readonly dashboard?: {
    readonly client: ExpectedClient;
    /** Where the dashboard is opened: callback, logout URL and web origin. */
    readonly urls?: readonly string[];
  };
  /** The Action that tells the relay of sign-ins; left out where none is deployed. */
  readonly action?: {
    readonly name: string;
    /** Id of its trigger, such as `post-login`. */
    readonly trigger: string;
    /** Mark of its present sources, which stands at the end of the first line of its code. */
    readonly stamp?: string;
    /** Names of the secrets that it needs. */
    readonly secrets: readonly string[];
  };
  /** The log stream that tells the relay of what happens in the tenant; left out where none is deployed. */
  readonly logStream?: {
    readonly name: string;
    /** Where it sends events; any address with the path of the relay's route when left out. */
    readonly endpoint?: string;
  };
  /** The operators' file. Checks that need it are not made without it. */
  readonly configuration?: RelayConfiguration;
}
