import { useQuery } from '@tanstack/react-query';
import { api, ask } from './api/client.ts';
import { useTexts } from './i18n/useTexts.tsx';
import { useMay, useSession } from './session.tsx';
import en from './words/texts.en.ts';

/** Who did it, in words: `const nameOf = useActorName(); nameOf('user:…')`. Names of others are known to whoever manages users. */
export function useActorName(): (actor: string) => string {
  const t = useTexts(en);
  const may = useMay();
  const { session } = useSession();
  const { data } = useQuery({
    queryKey: ['users', 'names'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/users', { params: { query: { limit: 200 } }, signal })),
    enabled: may('access:manage'),
    staleTime: 5 * 60_000,
    retry: false,
  });
  return (actor) => {
    if (actor === session.actor) return t('actor.you');
    const [kind, id] = [actor.split(':')[0], actor.slice(actor.indexOf(':') + 1)];
    const user = kind === 'user' ? data?.data.find((u) => u.id === id) : undefined;
    return user?.displayName ?? t.maybe(`actor.${kind}`);
  };
}
