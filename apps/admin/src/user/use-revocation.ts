import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRelayClient } from '../session/relay-client-context.ts';
import { userQuery, type InspectedIdentity } from './user-query.ts';

/** What became of a token at its IdP. */
export type RevokedAtIdp = 'revoked' | 'not_possible' | 'failed';

/** Takes one identity's token out of use; the user is read anew afterwards. */
export function useRevocation(
  userId: string,
  { connection, idp_user_id: idpUserId }: InspectedIdentity,
): UseMutationResult<RevokedAtIdp, Error, void> {
  const client = useRelayClient();
  const queryClient = useQueryClient();
  const { queryKey } = userQuery(client, userId);
  return useMutation({
    mutationFn: async () => {
      const { data } = await client.POST('/v1/users/{user_id}/identities/{connection}/revoke', {
        params: { path: { user_id: userId, connection }, query: { identity: idpUserId } },
      });
      if (data === undefined) throw new Error('The relay gave no result.');
      return data.at_idp;
    },
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey });
      void queryClient.invalidateQueries({ queryKey: ['users'] });
    },
  });
}
