import { z } from 'zod';

/** One line of what a service answered. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly note: string;
}

/** An IdP that this app signs in with, and what it shows of it. */
export interface Service {
  /** Name of the connection in the tenant. */
  readonly connection: string;
  /** For people. */
  readonly name: string;
  readonly heading: string;
  readonly nothing: string;
  /**
   * What a sign-in through the connection asks the IdP for, so that its token is good for the call below.
   * `connection_scope` is for what the connection's own settings do not ask for; `access_type=offline` gets a refresh
   * token, by which the relay renews Google's token after its hour.
   * @see https://auth0.com/docs/authenticate/identity-providers/adding-scopes-for-an-external-idp
   */
  readonly signIn: Readonly<Record<string, string>>;
  /** At the IdP's API; the relay adds the host and the token. */
  readonly path: `/${string}`;
  /** @throws ZodError when the IdP answered something else */
  readonly read: (answer: unknown) => readonly Item[];
}

const Repositories = z.array(z.object({ full_name: z.string(), private: z.boolean() }));
const Calendars = z.object({
  items: z.array(z.object({ id: z.string(), summary: z.string(), primary: z.boolean().optional() })),
});

/** @see https://docs.github.com/en/rest/repos/repos#list-repositories-for-the-authenticated-user */
const github: Service = {
  connection: 'github',
  name: 'GitHub',
  heading: 'Your repositories',
  nothing: 'You have no repositories.',
  signIn: { connection_scope: 'repo' },
  path: '/user/repos?sort=updated&per_page=100',
  read: (answer) =>
    Repositories.parse(answer).map((repository) => ({
      id: repository.full_name,
      title: repository.full_name,
      note: repository.private ? 'private' : 'public',
    })),
};

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list */
const google: Service = {
  connection: 'google-oauth2',
  name: 'Google',
  heading: 'Your calendars',
  nothing: 'You have no calendars.',
  signIn: {
    connection_scope: 'https://www.googleapis.com/auth/calendar.readonly',
    access_type: 'offline',
  },
  path: '/calendar/v3/users/me/calendarList',
  read: (answer) =>
    Calendars.parse(answer).items.map(({ id, summary, primary }) => ({
      id,
      title: summary,
      note: primary === true ? 'main calendar' : '',
    })),
};

/** All of them, in the order in which they are shown. */
export const services: readonly Service[] = [github, google];
