// Bare, and the check of the caller's access token.
import Fastify from 'fastify';
import { serveReplyFrom } from './reply-from-app.ts';
import { verifyAccessTokens } from './verify-access-tokens.ts';

const app = Fastify();
await verifyAccessTokens(app);
await serveReplyFrom(app);
