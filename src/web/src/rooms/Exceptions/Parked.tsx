import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import css from './Exceptions.module.css';
import en from './texts.en.ts';

type Entry = Schema['ParkedEventsResponse'] & { consumer: string };

/** Entries of the log that a follower could not take; what stands behind them for the same thing waits. */
export function useParked(): Entry[] {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['consumers'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/consumers', { signal })),
    enabled: may('events:read'),
    refetchInterval: 60_000,
  });
  const found = useQueries({
    queries: (data?.data ?? [])
      .filter((c) => c.parked > 0)
      .map((c) => ({
        queryKey: ['consumers', c.name, 'parked'],
        queryFn: async ({ signal }: { signal: AbortSignal }) =>
          (await ask(api.GET('/api/v1/consumers/{name}/parked', { params: { path: { name: c.name } }, signal }))).data.map((e) => ({ ...e, consumer: c.name })),
      })),
  });
  return found.flatMap((f) => f.data ?? []);
}

/** What a follower of the log could not take: try again when the cause is mended, or pass over it. */
export function Parked({ entries }: { entries: Entry[] }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const [discarded, setDiscarded] = useState<Entry | null>(null);
  const [reason, setReason] = useState('');
  const done = (text: string) => {
    notify(text);
    setDiscarded(null);
    return queries.invalidateQueries({ queryKey: ['consumers'] });
  };
  const at = (e: Entry) => ({ params: { path: { name: e.consumer, position: e.position } } });
  const replay = useMutation({ mutationFn: (e: Entry) => ask(api.POST('/api/v1/consumers/{name}/parked/{position}/replay', at(e))), onSuccess: () => done(t('parked.tried')) });
  const discard = useMutation({
    mutationFn: (e: Entry) => ask(api.POST('/api/v1/consumers/{name}/parked/{position}/discard', { ...at(e), body: { reason } })),
    onSuccess: () => done(t('parked.passed')),
  });
  return (
    <div className={css.parked}>
      <p className="sy-muted">{t('parked.text')}</p>
      <ProblemAlert error={replay.error} />
      <ul className={css.list} aria-label={t('parked')}>
        {entries.map((e) => (
          <li key={`${e.consumer}.${e.position}`} className={css.entry}>
            <div className="sy-grow">
              <span className="sy-strong">{e.kind}</span> <span className="sy-muted">{t('parked.of', { consumer: e.consumer, n: e.attempts })}</span> · <When at={e.parkedAt} />
              <p className={css.fault} dir="auto">
                {e.error}
              </p>
            </div>
            {may('settings:write') && e.state !== 'waiting' && (
              <div className={css.actions}>
                <Button size="compact-sm" variant="default" loading={replay.isPending && replay.variables === e} onClick={() => replay.mutate(e)}>
                  {t('parked.again')}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => setDiscarded(e)}>
                  {t('parked.pass')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {discarded && (
        <Modal opened onClose={() => setDiscarded(null)} title={t('parked.pass')} closeButtonProps={{ 'aria-label': t('close') }}>
          <form
            className="sy-stack"
            onSubmit={(e) => {
              e.preventDefault();
              discard.mutate(discarded);
            }}
          >
            <p>{t('parked.passText')}</p>
            <Textarea label={t('parked.why')} required value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} data-autofocus />
            <ProblemAlert error={discard.error} />
            <div className={css.buttons}>
              <Button variant="default" onClick={() => setDiscarded(null)}>
                {t('notNow')}
              </Button>
              <Button type="submit" color="danger" loading={discard.isPending}>
                {t('parked.pass')}
              </Button>
            </div>
          </form>
        </Modal>
      )}
    </div>
  );
}
