import { useEffect, useState } from 'react';
import { shelfOf, type Waits } from '@house/offline/shelf.ts';
import { kept } from '@house/offline/store.ts';
import { useOwner } from '@house/offline/useOutbox.ts';

const shelf = shelfOf('till');

/** What of somebody's till is in no book yet: it waits to be sent, or was refused. */
export function useTillWaiting(): readonly unknown[] {
  const { owner } = useOwner();
  const [waiting, setWaiting] = useState<readonly unknown[]>([]);
  useEffect(() => {
    let isOver = false;
    Promise.all([shelf.list(owner), kept<unknown[]>(`tillRefused:${owner}`)])
      .then(([list, refused]: [Waits[], unknown[] | null]) => {
        if (!isOver) setWaiting([...list, ...(refused ?? [])]);
      })
      .catch(() => undefined); // a browser that keeps nothing has nothing that waits
    return () => {
      isOver = true;
    };
  }, [owner]);
  return waiting;
}
