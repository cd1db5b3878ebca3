/** A problem that the person at the keyboard can mend; the message says how. */
export class TokenCommandError extends Error {}
