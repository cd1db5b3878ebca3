/**
 * Part of every secret that the local tenant and its sample IdPs make up: access and refresh tokens, client secrets.
 * Whoever finds it in an answer, a log line or a file has found a leak.
 */
export const canary = 'cAnArY7f3q';
