import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRelayClient } from '../session/relay-client-context.ts';
import { userQuery, type InspectedIdentity } from './user-query.ts';

/** What a check found, and how it asked. */
export interface CheckResult {
  readonly verdict: InspectedIdentity['verdict'];
  /** Method and host of the probe. */
  readonly probed: string;
}

/** Probes one identity's token at its IdP; the new verdict takes the old one's place on the page. */
export function useCheck(
  userId: string,
  { connection, idp_user_id: idpUserId }: InspectedIdentity,
): UseMutationResult<CheckResult, Error, void> {
  const client = useRelayClient();
  const queryClient = useQueryClient();
  const { queryKey } = userQuery(client, userId);
  return useMutation({
    mutationFn: async () => {
      const { data } = await client.POST('/v1/users/{user_id}/identities/{connection}/check', {
        params: { path: { user_id: userId, connection }, query: { identity: idpUserId } },
      });
      if (data === undefined) throw new Error('The relay gave no result.');
      return data;
    },
    onSuccess: ({ verdict }) => {
      queryClient.setQueryData(queryKey, (before) =>
        before === undefined
          ? before
          : {
              ...before,
              identities: before.identities.map((identity) =>
                identity.connection === connection && identity.idp_user_id === idpUserId
                  ? { ...identity, verdict }
                  : identity,
              ),
            },
      );
    },
    // A check reads the user anew, even where it then fails: the token may be gone, or a new one there.
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey });
      void queryClient.invalidateQueries({ queryKey: ['users'] });
    },
  });
}
