import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useNow } from '@house/now.ts';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Frame } from './Frame.tsx';
import { RankerCalls } from './RankerCalls.tsx';
import { RankerDelete, RankerForm, RankerSecret } from './RankerForm.tsx';
import { RankerTry } from './RankerTry.tsx';
import { healthOf, rankersOptions, type Health, type Ranker } from './rankers.ts';
import css from './Routing.module.css';
import en from './texts.en.ts';

const tones: Record<Health, Tone> = { on: 'good', failing: 'warn', paused: 'bad', off: 'neutral' };

type Dialog = { kind: 'new' } | { kind: 'change' | 'delete' | 'try' | 'calls' | 'made'; ranker: Ranker };

/** Functions of the merchant's own that give nodes points, with how each one does. */
export default function RankersPage() {
  const t = useTexts(en);
  const mayWrite = useMay()('settings:write');
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(rankersOptions);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const turn = useMutation({
    mutationFn: (r: Ranker) =>
      ask(api.PUT('/api/v1/routing/rankers/{code}', { params: { path: { code: r.code } }, body: { name: r.name, url: r.url, timeLimitMs: r.timeLimitMs, isOn: !r.isOn, newSecret: false }, headers: ifMatch(r.version) })),
    onSuccess: async (r) => {
      await queries.invalidateQueries({ queryKey: ['routing'] });
      notify(t(r.isOn ? 'rankers.turnedOn' : 'rankers.turnedOff', { name: r.name }));
    },
  });
  const make = mayWrite && <Button onClick={() => setDialog({ kind: 'new' })}>{t('rankers.new')}</Button>;
  return (
    <Frame section="rankers" error={error ?? turn.error} again={() => void refetch()} actions={data && data.length > 0 && make}>
      {data?.length === 0 && <EmptyState kind="first" title={t('rankers.none')} text={t('rankers.noneText')} action={make} />}
      {data && data.length > 0 && (
        <ul className={css.rows} aria-label={t('rankers')}>
          {data.map((r) => (
            <Row key={r.code} ranker={r}>
              <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'calls', ranker: r })} aria-label={t('rankers.callsOf', { name: r.name })}>{t('rankers.calls')}</Button>
              {mayWrite && (
                <>
                  <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'try', ranker: r })} aria-label={t('rankers.tryOf', { name: r.name })}>{t('rankers.try')}</Button>
                  <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'change', ranker: r })} aria-label={t('rankers.changeOf', { name: r.name })}>{t('rankers.change')}</Button>
                  <Button size="compact-sm" variant="default" loading={turn.isPending && turn.variables.code === r.code} onClick={() => turn.mutate(r)} aria-label={t(r.isOn ? 'rankers.offOf' : 'rankers.onOf', { name: r.name })}>
                    {t(r.isOn ? 'rankers.off' : 'rankers.on')}
                  </Button>
                  <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'delete', ranker: r })} aria-label={t('rankers.deleteOf', { name: r.name })}>{t('rankers.delete')}</Button>
                </>
              )}
            </Row>
          ))}
        </ul>
      )}
      {dialog?.kind === 'new' && <RankerForm ranker={null} taken={data ?? []} onClose={close} onSaved={(ranker) => setDialog({ kind: 'made', ranker })} />}
      {dialog?.kind === 'change' && <RankerForm ranker={dialog.ranker} taken={[]} onClose={close} onSaved={(ranker) => (ranker.secret ? setDialog({ kind: 'made', ranker }) : close())} />}
      {dialog?.kind === 'made' && <RankerSecret ranker={dialog.ranker} onClose={close} />}
      {dialog?.kind === 'try' && <RankerTry ranker={dialog.ranker} onClose={close} />}
      {dialog?.kind === 'calls' && <RankerCalls code={dialog.ranker.code} name={dialog.ranker.name} onClose={close} />}
      {dialog?.kind === 'delete' && <RankerDelete ranker={dialog.ranker} onClose={close} />}
    </Frame>
  );
}

function Row({ ranker: r, children }: { ranker: Ranker; children: ReactNode }) {
  const t = useTexts(en);
  const health = healthOf(r, useNow());
  return (
    <li className={css.row}>
      <div className={css.rowMain}>
        <span className={css.rowLink}><bdi>{r.name}</bdi></span>
        <span className="sy-muted">
          <bdi className="sy-code">{r.code}</bdi> · <bdi>{r.url}</bdi> · {t('rankers.limit', { n: r.timeLimitMs })}
          {health === 'failing' && ` · ${t('rankers.failedTimes', { n: r.failures })}`}
          {health === 'paused' && <> · {t.node('rankers.pausedUntil', { at: <When at={r.pausedUntil!} as="time" /> })}</>}
        </span>
      </div>
      <span className={css.states}><Status tone={tones[health]}>{t(`rankers.health.${health}`)}</Status></span>
      <span className={css.states}>{children}</span>
    </li>
  );
}
