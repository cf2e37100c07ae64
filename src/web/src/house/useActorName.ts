import { useCallback } from 'react';
import { useTexts } from './i18n/useTexts.tsx';
import { useSession } from './session.tsx';
import { useColleagues } from './useColleagues.ts';
import en from './words/texts.en.ts';

/** Who did it, in words: `const nameOf = useActorName(); nameOf('user:…')`; who something was given to, by user name: `nameOf('carla')`. */
export function useActorName(): (actor: string) => string {
  const t = useTexts(en);
  const { session } = useSession();
  const colleagues = useColleagues();
  const me = session.user?.userName;
  return useCallback(
    (actor) => {
      if (actor === session.actor || actor === me) return t('actor.you');
      const colleague = actor.includes(':') ? undefined : colleagues.find((c) => c.userName === actor);
      if (colleague) return colleague.displayName;
      const [kind, id] = [actor.split(':')[0], actor.slice(actor.indexOf(':') + 1)];
      const user = kind === 'user' ? colleagues.find((c) => c.id === id) : undefined;
      return user?.displayName ?? (`actor.${kind}` in en.words ? t.maybe(`actor.${kind}`) : actor);
    },
    [t, session.actor, me, colleagues],
  );
}
