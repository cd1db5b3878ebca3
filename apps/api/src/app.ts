import {
  createIdpTokens,
  createManagementApi,
  createManagementTokenSource,
  createTokenRenewals,
  createTokenVault,
  createUserProfiles,
  ManagementBudget,
  systemClock,
} from '@idp-relay/idp-tokens';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { Registry } from 'prom-client';
import { authentication } from './authenticate/authentication.ts';
import { createSigningKeys } from './authenticate/signing-keys.ts';
import { VerifiedTokens } from './authenticate/verified-tokens.ts';
import { authorization } from './authorize/authorization.ts';
import { bodyTimeLimit } from './body-time-limit.ts';
import type { RelayConfiguration } from '@idp-relay/relay-configuration';
import { changeRoutes } from './changes/change-routes.ts';
import { createUserChangeHub } from './changes/user-change-hub.ts';
import { closing } from './closing.ts';
import type { Config } from './config.ts';
import { crossOrigin } from './cross-origin.ts';
import { identityRoutes } from './identities/identity-routes.ts';
import { dashboardRoutes } from './dashboard/dashboard-routes.ts';
import { healthRoutes } from './observe/health-routes.ts';
import { loggingOptions } from './observe/logging.ts';
import { measureBudget } from './observe/budget-metrics.ts';
import { measureCaches } from './observe/cache-metrics.ts';
import { measureDependencies } from './observe/dependency-metrics.ts';
import { measureOwnTime } from './observe/own-time.ts';
import { requestLog } from './observe/request-log.ts';
import { measureRenewals } from './renewals/renewal-metrics.ts';
import { noticeRoutes } from './notices/notice-routes.ts';
import { overload } from './overload.ts';
import { openapi } from './openapi.ts';
import { connectionRoutes } from './operators/connection-routes.ts';
import { StoreError } from '@idp-relay/store';
import type { Storage } from './storage/open-storage.ts';
import { SeenUsers } from './operators/seen-users.ts';
import { createSignInLinks } from './operators/sign-in-links.ts';
import { doctorRoutes } from './doctor/doctor-routes.ts';
import { createTenantDoctor } from './doctor/tenant-doctor.ts';
import { tenantRoutes } from './operators/tenant-routes.ts';
import { userRoutes } from './operators/user-routes.ts';
import { sendClientErrorProblem } from './problems/client-error.ts';
import { revokeRoutes } from './revoke/revoke-routes.ts';
import { problemDetails, sendFrameworkProblem } from './problems/problem-details.ts';
import { problemPages } from './problems/problem-pages.ts';
import { createIdpClient } from './relay/idp-client.ts';
import { relayRoutes } from './relay/relay-routes.ts';
import { unreadBodies } from './relay/unread-bodies.ts';

/** What the API is made of, beyond its own code. */
export interface AppOptions {
  readonly config: Config;
  readonly configuration: RelayConfiguration;
  /** Where renewed tokens and observations are kept. Left out: nothing is renewed, and other processes are not heard. */
  readonly storage?: Storage;
  /** Collects the metrics; a new one when left out. */
  readonly registry?: Registry;
  /** Where log lines go; standard output when left out. */
  readonly logStream?: { write(line: string): void };
}

const keysCooldownMs = 30_000;
const keysMaxAgeMs = 600_000;
const clockToleranceSeconds = 5;
/** Auth0's ids with `|` percent-encoded, and IdPs' own. Characters. */
const longestParameter = 500;

/** Puts the API together. Opens no port and reads nothing but what it is given. */
export async function buildApp({
  config,
  configuration,
  storage,
  registry = new Registry(),
  logStream,
}: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...loggingOptions(config.logLevel, logStream),
    routerOptions: { maxParamLength: longestParameter },
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    // Time to send the request's head; bodies have their own limits, and may be as long as they like.
    requestTimeout: 0,
    // Fastify's own answer has neither code nor advice.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    frameworkErrors: sendFrameworkProblem,
    clientErrorHandler: sendClientErrorProblem,
  });
  const warn = (error: unknown, message: string): void =>
    app.log.warn({ code: error instanceof StoreError ? error.code : 'unknown' }, message);
  const clock = systemClock;
  const connection = {
    domain: config.domain,
    fetch: globalThis.fetch,
    clock,
    timeoutMs: config.auth0TimeoutMs,
  };
  const managementTokens = createManagementTokenSource({
    ...connection,
    clientId: config.clientId,
    credentials: config.credentials,
  });
  const budget = new ManagementBudget({
    tenant: config.domain,
    clock,
    ...(storage?.budget && { store: storage.budget }),
    onEvent: measureBudget(registry),
  });
  const management = createManagementApi({ ...connection, tokens: managementTokens, budget });
  const cache = { lifetimeMs: config.profileLifetimeMs, maxEntries: config.profileCacheSize };
  const renewals =
    storage &&
    createTokenRenewals({
      ...connection,
      ...cache,
      store: storage.tokenSets,
      tenant: config.domain,
      client: configuration.idpClient,
      timeoutMs: config.idpTokenTimeoutMs,
      onEvent: measureRenewals(registry),
    });
  const tokenVault = config.tokenVault && createTokenVault({ ...connection, ...cache, ...config.tokenVault });
  const profiles = createUserProfiles({
    management,
    clock,
    ...cache,
    maxBytes: config.profileCacheBytes,
    ...(renewals && {
      onRead: (userId, profile) => {
        const forgetting =
          profile?.blocked === true
            ? renewals.forgetTokens(userId, profile.identities)
            : renewals.forgetOthers(userId, profile?.identities ?? []);
        forgetting.catch((error: unknown) => {
          warn(error, 'what is kept of a user could not be brought up to date');
        });
      },
    }),
  });
  const userChanges = createUserChangeHub(storage?.userChanges(config.domain), (error) => {
    warn(error, 'other processes could not be told of a change; they notice by their own time limits');
  });
  const { policy, catalogue, settings, connectionNames, clients, signIn } = configuration;
  const idpTokens = createIdpTokens({
    profiles,
    catalogue,
    clock,
    settings,
    ...(renewals && { renewals }),
    ...(tokenVault && { tokenVault }),
    marginMs: config.expiryMarginMs,
    observations: { ...cache, tenant: config.domain, ...(storage && { store: storage.observations }) },
    onChange: (change) => userChanges.announce([change]),
    onNotKept: (error) => warn(error, 'what an IdP said of a token could not be written down'),
  });
  userChanges.listen((change) => idpTokens.outdate(change));
  const idpClient = createIdpClient({
    headersTimeoutMs: config.idpHeadersTimeoutMs,
    idleTimeoutMs: config.idpIdleTimeoutMs,
  });
  const signingKeys = createSigningKeys({
    jwksUrl: new URL(`https://${config.domain}/.well-known/jwks.json`),
    cooldownMs: keysCooldownMs,
    maxAgeMs: keysMaxAgeMs,
    timeoutMs: config.auth0TimeoutMs,
  });
  measureDependencies(registry, { management });
  const verifiedTokens = new VerifiedTokens(clock, config.profileCacheSize);
  measureCaches(registry, { profiles, idpTokens, verifiedTokens, ...(renewals && { renewals }) });
  app.addHook('onReady', () => userChanges.open());
  app.addHook('onClose', async () => {
    userChanges.close();
    // Refresh tokens that are on their way come before calls that are over for their callers.
    await renewals?.settled();
    await idpClient.close();
  });

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(requestLog, { registry });
  const signInLinks = createSignInLinks(signIn && { ...signIn, tenantOrigin: config.tenantOrigin }, settings);
  await app.register(problemDetails, {
    signInUrl: ({ identity, verdict }) => {
      const { connection: name, provider } = identity;
      const entry = catalogue.find({ strategy: provider, connection: name });
      return signInLinks.linkFor({ connection: name, verdict }, entry, undefined);
    },
  });
  await app.register(unreadBodies);
  await app.register(crossOrigin, { origins: config.corsOrigins });
  await app.register(overload, { maxEventLoopDelayMs: config.maxEventLoopDelayMs });
  await app.register(closing);
  await app.register(bodyTimeLimit, { limitMs: config.requestDeadlineMs });
  await app.register(openapi);
  await app.register(authentication, {
    issuers: config.issuers,
    audience: config.audience,
    signingKeys,
    idTokenClients: config.idTokenClients,
    clockToleranceSeconds,
    verifiedTokens,
  });
  await app.register(authorization);

  const { requestDeadlineMs } = config;
  await app.register(healthRoutes, {
    signingKeys,
    managementTokens,
    ...(storage && { tokenSets: storage.tokenSets }),
  });
  await app.register(problemPages);
  await app.register(identityRoutes, {
    idpTokens,
    catalogue,
    idpClient,
    client: configuration.idpClient,
    clock,
    requestDeadlineMs,
  });
  await app.register(revokeRoutes, {
    idpTokens,
    client: configuration.idpClient,
    idpClient,
    clock,
    requestDeadlineMs,
  });
  const seenUsers = new SeenUsers(profiles, idpTokens, config.profileCacheSize);
  await app.register(userRoutes, {
    management,
    idpTokens,
    catalogue,
    clock,
    seenUsers,
    signInLinks,
    requestDeadlineMs,
  });
  await app.register(noticeRoutes, { userChanges, clock, ...config.notices });
  await app.register(changeRoutes, { userChanges, clock });
  await app.register(connectionRoutes, { catalogue, policy, settings, connectionNames, seenUsers });
  await app.register(tenantRoutes, {
    domain: config.domain,
    issuers: config.issuers,
    audience: config.audience,
    clientId: config.clientId,
    authenticationMethod: config.credentials.method,
    clients,
    management,
    managementTokens,
    clock,
  });
  const doctor =
    config.doctor && createTenantDoctor({ ...connection, ...config.doctor, budget, config, configuration });
  await app.register(doctorRoutes, { ...(doctor && { doctor }) });
  await app.register(relayRoutes, {
    idpTokens,
    policy,
    idpClient,
    client: configuration.idpClient,
    clock,
    requestDeadlineMs,
    maxCallsUnderWay: config.maxCallsUnderWay,
    onAnswered: measureOwnTime(registry),
    idleTimeoutMs: config.idpIdleTimeoutMs,
  });
  if (config.dashboard !== undefined) {
    const { tenantOrigin, audience } = config;
    await app.register(dashboardRoutes, { ...config.dashboard, tenantOrigin, audience });
  }
  return app;
}
