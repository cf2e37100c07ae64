import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { api, ask, newKey } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { tableOptions, type Step, type Table } from './table.ts';

/**
 * Sends the steps of a table one after the other, each under an id of its own: a scanner is faster than the line, and what is sent twice is done once.
 * A step that did not reach the server stays first and is sent again when the person says so; nothing after it is lost.
 */
export function useSteps(id: string) {
  const queries = useQueryClient();
  const chain = useRef<Promise<unknown>>(Promise.resolve());
  const again = useRef<(() => void) | null>(null);
  const [waiting, setWaiting] = useState(0);
  const [stuck, setStuck] = useState<unknown>(null);

  const send = useCallback(
    (step: Step | ((table: Table) => Step | null)): Promise<Table> => {
      const name = newKey();
      setWaiting((n) => n + 1);
      const run = async (): Promise<Table> => {
        for (;;) {
          const known = await queries.ensureQueryData(tableOptions(id));
          const wanted = typeof step === 'function' ? step(known) : step;
          if (wanted === null) return known;
          try {
            const table = await ask(api.POST('/api/v1/fulfilments/{id}/packing/steps', { params: { path: { id } }, body: { ...wanted, id: name } }));
            queries.setQueryData(tableOptions(id).queryKey, table);
            return table;
          } catch (error) {
            if (!(error instanceof ApiError) || !error.isPassing) throw error;
            setStuck(error);
            await new Promise<void>((retry) => (again.current = retry));
            setStuck(null);
          }
        }
      };
      const done = chain.current.then(run, run);
      chain.current = done.catch(() => undefined).finally(() => setWaiting((n) => n - 1));
      return done;
    },
    [id, queries],
  );
  return { send, waiting, stuck, retry: () => again.current?.() };
}
