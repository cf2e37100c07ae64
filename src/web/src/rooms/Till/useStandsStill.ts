import { useEffect, useState } from 'react';

const patience = 60_000;

/** Has nothing of what waits been taken for a minute, although the server is there? The first that waits is what it stands at. */
export function useStandsStill(first: number | undefined, isOffline: boolean): boolean {
  const [stuck, setStuck] = useState<number | null>(null);
  useEffect(() => {
    if (first === undefined || isOffline) return;
    const timer = setTimeout(() => setStuck(first), patience);
    return () => clearTimeout(timer);
  }, [first, isOffline]);
  return first !== undefined && stuck === first && !isOffline;
}
