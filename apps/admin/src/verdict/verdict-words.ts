import type { components } from '@idp-relay/client';

/** A verdict's state, as the API names it. */
export type VerdictState = components['schemas']['Verdict']['state'];

/** How a state is shown. */
export interface VerdictWords {
  readonly label: string;
  /** One sentence for people who meet the word for the first time. */
  readonly meaning: string;
  /** Colour of the component library. Never the only sign: the label says the same. */
  readonly color: string;
}

/** Every state in people's words, in the order of how much there is to do. */
export const verdictWords: Readonly<Record<VerdictState, VerdictWords>> = {
  usable: { label: 'Usable', color: 'green', meaning: 'There is a token and nothing says that it is bad.' },
  expiring: {
    label: 'Expiring',
    color: 'yellow',
    meaning: 'The token is about to end and cannot be renewed.',
  },
  renewable: {
    label: 'Renewable',
    color: 'teal',
    meaning: 'The token has ended, or is about to, and can be renewed.',
  },
  expired: { label: 'Expired', color: 'red', meaning: 'The token has ended. Only a new login helps.' },
  revoked: {
    label: 'Revoked',
    color: 'red',
    meaning: 'The IdP itself refused the token, or an operator revoked it.',
  },
  insufficient_scope: {
    label: 'Lacks scopes',
    color: 'orange',
    meaning: 'The token is good, but lacks scopes that the policy needs.',
  },
  missing: {
    label: 'Missing',
    color: 'orange',
    meaning: 'The connection should give a token, and none is stored.',
  },
  in_token_vault: {
    label: 'In Token Vault',
    color: 'grape',
    meaning: 'The connection keeps its tokens in Token Vault.',
  },
  not_applicable: { label: 'No token', color: 'gray', meaning: 'Such connections have no IdP token.' },
  unknown: {
    label: 'Unknown',
    color: 'blue',
    meaning: 'There is a token. Whether it is good is not known until somebody checks.',
  },
};

/** Every state, for filters. */
export const verdictStates = Object.keys(verdictWords).filter(isVerdictState);

/** Tells a state from any other text. */
export function isVerdictState(text: string): text is VerdictState {
  return Object.hasOwn(verdictWords, text);
}
