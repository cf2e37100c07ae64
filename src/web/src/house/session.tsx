import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, type ReactNode } from 'react';
import { api, ask, carry, onSignedOut, type Schema } from './api/client.ts';
import { ApiError } from './api/problem.ts';
import { forgetDevice, isOfflinePage, keptSession } from './offline/session.ts';
import { adopt, usePreference } from './preferences.ts';

export type Session = Schema['ReadSessionResponse'];

/** The right a page or an action needs, as the server names it. */
export type Permission = `${string}:${string}`;

interface Known {
  session: Session;
  /** Of several rights any one is enough. */
  may: (permission?: Permission | readonly Permission[]) => boolean;
  chooseMerchant: (code: string) => void;
  signOut: () => Promise<void>;
}

const SessionContext = createContext<Known | null>(null);

export function useSession(): Known {
  const known = use(SessionContext);
  if (!known) throw new Error('useSession is for what stands within SessionGate.');
  return known;
}

/** `const may = useMay(); may('orders:cancel') && <Button…/>` */
export const useMay = (): Known['may'] => useSession().may;

interface GateProps {
  children: ReactNode;
  waiting: ReactNode;
  /** Shown to whoever is not signed in. */
  login: (entered: (session: Session) => void) => ReactNode;
  unreachable: (error: unknown, again: () => void) => ReactNode;
}

/** Finds out who is there before anything else is asked. */
export function SessionGate({ children, waiting, login, unreachable }: GateProps) {
  const queries = useQueryClient();
  const [merchant, setMerchant] = usePreference<string | null>('merchant', null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['session', merchant],
    queryFn: ({ signal }) => who(merchant, signal),
    staleTime: Infinity,
    networkMode: 'always',
    retry: (failures, e) => failures < 3 && e instanceof ApiError && e.isPassing,
  });

  const enter = useCallback(
    (session: Session) => {
      forgetAnswers(queries);
      carry({ antiforgery: session.antiforgeryToken, merchant: session.merchant });
      setMerchant(session.merchant);
      queries.setQueryData(['session', session.merchant], session);
    },
    [queries, setMerchant],
  );
  const preferences = data?.user ? data.preferences : null;
  useEffect(() => {
    if (preferences !== null && typeof preferences === 'object')
      adopt(preferences as Record<string, unknown>, (changed) => void ask(api.PATCH('/api/v1/session/preferences', { body: changed as never })).catch(() => undefined)); // kept in this browser anyway
  }, [preferences]);
  useEffect(() => onSignedOut(() => queries.setQueryData(['session', merchant], null)), [queries, merchant]);

  if (isPending) return waiting;
  if (error) return unreachable(error, () => void refetch());
  if (data === null) return login(enter);
  const known: Known = {
    session: data,
    may: (permission) => permission === undefined || [permission].flat().some((p) => data.permissions.includes(p)),
    chooseMerchant: (code) => {
      queries.clear();
      setMerchant(code);
    },
    signOut: async () => {
      await ask(api.DELETE('/api/v1/session')).catch(() => undefined);
      await forgetDevice();
      forgetAnswers(queries);
      carry({ antiforgery: null, merchant: null });
      queries.setQueryData(['session', merchant], null);
    },
  };
  return <SessionContext value={known}>{children}</SessionContext>;
}

/** All answers are forgotten but the one of who is there: who looks at that one is told of the next. */
const forgetAnswers = (queries: QueryClient) => queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });

/** Milliseconds that a device waits for the network before it goes on without. */
const patience = 6000;

async function who(merchant: string | null, signal: AbortSignal): Promise<Session | null> {
  carry({ antiforgery: null, merchant });
  try {
    const session = await ask(api.GET('/api/v1/session', { signal: isOfflinePage() ? AbortSignal.any([signal, AbortSignal.timeout(patience)]) : signal }));
    carry({ antiforgery: session.antiforgeryToken, merchant: session.merchant });
    return session;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    // Without network a handheld goes on with whoever used it last; nothing is sent before the server was asked again.
    if (error instanceof ApiError && error.status === 0 && isOfflinePage()) {
      const kept = keptSession(merchant);
      if (kept) {
        carry({ antiforgery: null, merchant: kept.merchant });
        return kept;
      }
    }
    // The merchant that was chosen last is not this person's: begin with their first.
    if (error instanceof ApiError && error.status === 403 && merchant !== null) return who(null, signal);
    throw error;
  }
}
