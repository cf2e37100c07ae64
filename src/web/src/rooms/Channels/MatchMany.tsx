import { Checkbox } from '@mantine/core';
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import type { Listing } from './channels.ts';
import css from './Channels.module.css';
import en from './texts.en.ts';
import { listingOptions } from './useListing.ts';

/** Takes the likeliest product of many listings at once; each can be left out. */
export function MatchMany({ channel, listings, onClose }: { channel: string; listings: readonly Listing[]; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const read = useQueries({ queries: listings.map((l) => listingOptions(channel, l.id)) });
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  const offered = listings.flatMap((l, i) => {
    const best = read[i]?.data?.suggestions?.[0];
    return best ? [{ listing: l.id, name: l.title || l.listedSku || l.id, sku: best.sku, product: best.name }] : [];
  });
  const taken = offered.filter((o) => !out.has(o.listing));
  const match = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/connections/{channel}/listings/match', { params: { path: { channel } }, body: { matches: taken.map(({ listing, sku }) => ({ listing, sku })) } })),
    onSuccess: async (done) => {
      await queries.invalidateQueries({ queryKey: ['connections'] });
      notify(t('matchMany.done', { n: done.matched }));
      onClose();
    },
  });
  const isReading = read.some((r) => r.isPending);
  return (
    <FormDialog title={t('listings.matchMany')} confirm={t('matchMany.take', { n: taken.length })} onClose={onClose} onSubmit={() => taken.length > 0 && match.mutate()} isPending={match.isPending} error={match.error}>
      <p className="sy-muted">{t('matchMany.about')}</p>
      <p role="status">{!isReading && offered.length === 0 ? t('matchMany.none') : ''}</p>
      <ul className={css.matches}>
        {offered.map((o) => (
          <li key={o.listing}>
            <Checkbox
              label={t('matchMany.row', { name: o.name, sku: o.sku })}
              description={o.product}
              checked={!out.has(o.listing)}
              onChange={(e) => {
                const next = new Set(out);
                if (e.currentTarget.checked) next.delete(o.listing);
                else next.add(o.listing);
                setOut(next);
              }}
            />
          </li>
        ))}
      </ul>
    </FormDialog>
  );
}
