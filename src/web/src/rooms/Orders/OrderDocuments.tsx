import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { Reprint } from '@rooms/Packing/Reprint.tsx';
import packing from '@rooms/Packing/texts.en.ts';
import { useStation } from '@rooms/Packing/useStation.ts';
import css from './OrderDocuments.module.css';
import type { Order } from './orders.ts';
import en from './texts.en.ts';

type Document = Schema['DocumentView'];

/** The papers of an order and its parcels: opened, printed again for a reason, and who printed them when. */
export function OrderDocuments({ order }: { order: Order }) {
  const t = useTexts(en);
  const word = useTexts(packing);
  const may = useMay();
  const queries = useQueryClient();
  const actorName = useActorName();
  const [station] = useStation();
  const [again, setAgain] = useState<Document | null>(null);
  const { data, error } = useQuery({
    queryKey: ['orders', order.id, 'documents'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/documents', { params: { query: { order: order.id, limit: 50 } }, signal })),
    enabled: may('fulfilment:read'),
  });
  const print = useMutation({
    mutationFn: ({ of, reason }: { of: Document; reason: string }) => ask(api.POST('/api/v1/documents/{id}/print', { params: { path: { id: of.id } }, body: { reason, station } })),
    onSuccess: async (_, { of }) => {
      await queries.invalidateQueries({ queryKey: ['orders', order.id, 'documents'] });
      // Without a station of its own this browser opens the file, and the print is noted all the same.
      if (!station) window.open(of.file, '_blank', 'noopener');
      notify(t(station ? 'documents.sent' : 'documents.noted'));
    },
  });
  if (!may('fulfilment:read') || (!error && (!data || data.data.length === 0))) return null;
  const nameOf = (d: Document) => word.maybe(`kind.${d.kind}`);
  return (
    <Section title={t('documents')} beside={data && t('documents.n', { n: data.data.length })}>
      <ProblemAlert error={error} />
      <ul className={css.list} aria-label={t('documents')}>
        {data?.data.map((d) => {
          const last = d.prints.at(-1);
          return (
            <li key={d.id} className={css.row}>
              <span className={css.words}>
                <span className="sy-strong">{nameOf(d)}</span>
                <span className="sy-meta">
                  {last
                    ? t.node('documents.printed', { n: d.prints.length, who: actorName(last.by), when: <When at={last.at} /> })
                    : t.node('documents.made', { who: actorName(d.createdBy), when: <When at={d.createdAt} /> })}
                  {last?.printer && <> · <bdi>{last.printer}</bdi></>}
                  {last?.reason && <> · <q dir="auto">{last.reason}</q></>}
                </span>
              </span>
              <span className={css.acts}>
                <Button size="compact-sm" variant="subtle" component="a" href={d.file} target="_blank" rel="noreferrer" aria-label={t('documents.openOf', { what: nameOf(d) })}>
                  {t('documents.open')}
                </Button>
                {may('fulfilment:work') && (
                  <Button size="compact-sm" variant="default" onClick={() => setAgain(d)} aria-label={t('documents.printOf', { what: nameOf(d) })}>
                    {t('documents.print')}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {again && <Reprint what={nameOf(again)} onClose={() => setAgain(null)} onPrint={async (reason) => void (await print.mutateAsync({ of: again, reason }))} />}
    </Section>
  );
}
