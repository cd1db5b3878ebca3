// The yardstick: the framework and its proxy, and nothing that a relay is for.
import Fastify from 'fastify';
import { serveReplyFrom } from './reply-from-app.ts';

await serveReplyFrom(Fastify());
