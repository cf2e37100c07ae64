import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask, newKey } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { keep, kept } from '@house/offline/store.ts';
import { PutList } from './PutList.tsx';
import { PutOne } from './PutOne.tsx';
import { leftToPut, moved, putKey, type Put } from './putting.ts';
import { Screen } from './Screen.tsx';
import { useDock } from './useDock.ts';
import { useNode } from './useNode.ts';
import en from './texts.en.ts';

interface Stored {
  node: string;
  items: Put[];
  hasMore: boolean;
}

/** What has come in and lies in no bin, put away by scans: the item, then the bin. Goes on without network by what was read last. */
export default function PutAwayPage() {
  const t = useTexts(en);
  const dock = useDock();
  const node = useNode();
  const [stored, setStored] = useState<Stored | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [done, setDone] = useState<{ name: string; n: number; bin: string } | null>(null);
  const [isStoredRead, setRead] = useState(false);
  useEffect(() => {
    kept<Stored>('putaway').then(
      (was) => {
        setStored((now) => now ?? was);
        setRead(true);
      },
      () => setRead(true),
    );
  }, []);
  const list = useQuery({
    queryKey: ['dock', 'putaway', node],
    queryFn: async ({ signal }) => {
      const page = await ask(api.GET('/api/v1/nodes/{code}/putaway', { params: { path: { code: node! }, query: { limit: 100 } }, signal }));
      const next = { node: node!, items: page.data, hasMore: page.hasMore };
      setStored(next);
      await keep('putaway', next).catch(() => undefined);
      return page;
    },
    // What waits to be sent is not in the list yet.
    enabled: node !== null && dock.isRead && !dock.isOffline && dock.waiting.length === 0,
  });
  const here = stored?.node === node ? stored : null;
  const items = leftToPut(here?.items ?? [], dock.waiting);
  const put = items.find((i) => putKey(i) === chosen) ?? null;
  return (
    <Screen title={t('putAway')} dock={dock}>
      {(at) =>
        put ? (
          <PutOne
            key={chosen}
            dock={dock}
            node={at}
            put={put}
            items={items}
            onBack={() => setChosen(null)}
            onPut={(bin, n) => {
              setChosen(null);
              setDone({ name: put.name, n, bin });
              void dock.say(moved(at, newKey(), put, bin, n), { sku: put.sku, name: put.name, units: n, where: bin });
            }}
          />
        ) : (
          <PutList dock={dock} items={items} isKnown={here !== null || (isStoredRead && dock.isOffline)} hasMore={here?.hasMore ?? false} error={list.error} again={() => void list.refetch()} done={done} onChoose={(p) => setChosen(putKey(p))} />
        )
      }
    </Screen>
  );
}
