// Bare, and a log line.
import { createLoggingApp } from './logging-app.ts';
import { serveReplyFrom } from './reply-from-app.ts';

await serveReplyFrom(createLoggingApp());
