import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Frame } from './Frame.tsx';
import css from './Routing.module.css';
import { codeOf, freshScenario, rulesOf, strategiesOptions, strategyPage, type Strategy } from './strategy.ts';
import en from './texts.en.ts';

/** By which strategies orders may be sent: the one that decides, the one that only looks on, and those that are being written. */
export default function StrategiesPage() {
  const may = useMay();
  return may('settings:read') ? <Strategies /> : <Navigate to={'/routing/rate-cards' as string} replace />;
}

function Strategies() {
  const t = useTexts(en);
  const may = useMay();
  const { data, error, refetch } = useQuery(strategiesOptions);
  const [isNew, setNew] = useState(false);
  const live = data?.find((s) => s.live !== null);
  const shadow = data?.find((s) => s.shadow !== null);
  const make = may('settings:write') && <Button onClick={() => setNew(true)}>{t('new')}</Button>;
  return (
    <Frame section="strategies" error={error} again={() => void refetch()} actions={make}>
      {data && (
        <>
          <dl className={css.now} aria-label={t('now')}>
            <div>
              <dt>{t('now.live')}</dt>
              <dd>{live ? <Named strategy={live} number={live.live!} /> : t('now.house')}</dd>
            </div>
            <div>
              <dt>{t('now.shadow')}</dt>
              <dd>{shadow ? <Named strategy={shadow} number={shadow.shadow!} /> : <span className="sy-muted">{t('now.none')}</span>}</dd>
            </div>
          </dl>
          {data.length === 0 ? (
            <EmptyState kind="first" title={t('empty')} text={t('empty.text')} action={make} />
          ) : (
            <ul className={css.rows} aria-label={t('strategies')}>
              {data.map((s) => (
                <Row key={s.code} strategy={s} />
              ))}
            </ul>
          )}
        </>
      )}
      {isNew && <NewStrategy taken={data ?? []} onClose={() => setNew(false)} />}
    </Frame>
  );
}

function Named({ strategy, number }: { strategy: Strategy; number: number }) {
  const t = useTexts(en);
  return (
    <>
      <Link to={strategyPage(strategy.code)} className="sy-strong">{strategy.name}</Link> <span className="sy-muted">{t('version', { n: number })}</span>
    </>
  );
}

function Row({ strategy: s }: { strategy: Strategy }) {
  const t = useTexts(en);
  const newest = Math.max(0, ...s.versions.map((v) => v.number));
  return (
    <li className={css.row}>
      <div className={css.rowMain}>
        <Link to={strategyPage(s.code)} className={css.rowLink}><bdi>{s.name}</bdi></Link>
        <span className="sy-muted">
          <bdi className="sy-code">{s.code}</bdi> · {newest > 0 ? t('newest', { n: newest }) : t('noVersion')} · {t.node('changedAt', { at: <When at={s.updatedAt} as="dateTime" /> })}
        </span>
      </div>
      <StrategyStates strategy={s} />
    </li>
  );
}

/** What a strategy is used for now, and whether somebody is writing on it. */
export function StrategyStates({ strategy: s }: { strategy: Strategy }) {
  const t = useTexts(en);
  const isReady = s.live === null && s.shadow === null && s.versions.some((v) => v.state === 'checked');
  return (
    <span className={css.states}>
      {s.live !== null && <Status tone="good">{t('live', { n: s.live })}</Status>}
      {s.shadow !== null && <Status tone="progress">{t('shadow', { n: s.shadow })}</Status>}
      {isReady && <Status tone="neutral">{t('state.checked')}</Status>}
      {s.draft && <Status tone="warn">{t(s.versions.length > 0 ? 'draftAhead' : 'draftOnly')}</Status>}
    </span>
  );
}

function NewStrategy({ taken, onClose }: { taken: Strategy[]; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const code = codeOf(name);
  const isTaken = taken.some((s) => s.code === code);
  const make = useMutation({
    // It begins as the house rule says, so that whatever is written before it is what differs.
    mutationFn: () =>
      ask(api.PUT('/api/v1/routing/strategies/{code}', { params: { path: { code } }, body: { name: name.trim(), rules: rulesOf([freshScenario('0', t('firstScenario'))]) }, headers: ifMatch(0) })),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['routing'] });
      void navigate({ to: strategyPage(made.code) });
    },
  });
  const fault = isTaken || (make.error instanceof ApiError && make.error.isClash) ? t('nameTaken') : name !== '' && code === '' ? t('nameLetters') : undefined;
  return (
    <Modal opened onClose={onClose} title={t('new')} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (code !== '' && !isTaken) make.mutate();
        }}
      >
        <TextInput label={t('name')} description={code ? t('codeWillBe', { code }) : t('name.text')} required maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} error={fault} data-autofocus />
        {!fault && <ProblemAlert error={make.error} />}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>{t('back')}</Button>
          <Button type="submit" loading={make.isPending}>{t('make')}</Button>
        </div>
      </form>
    </Modal>
  );
}
