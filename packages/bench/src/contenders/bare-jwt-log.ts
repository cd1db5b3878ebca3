// Bare, the check of the caller's access token, and a log line: by plugins of the framework, the nearest that there is to a relay.
import { createLoggingApp } from './logging-app.ts';
import { serveReplyFrom } from './reply-from-app.ts';
import { verifyAccessTokens } from './verify-access-tokens.ts';

const app = createLoggingApp();
await verifyAccessTokens(app);
await serveReplyFrom(app);
