import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { rankersOptions, toneOfOutcome } from './rankers.ts';
import css from './Routing.module.css';
import en from './texts.en.ts';

/** What a ranker said to the last orders that asked it, as this server heard it. */
export function RankerCalls({ code, name, onClose }: { code: string; name: string; onClose: () => void }) {
  const t = useTexts(en);
  const { data, error, isFetching, refetch } = useQuery({ ...rankersOptions, refetchOnMount: 'always' });
  const calls = data?.find((r) => r.code === code)?.calls;
  return (
    <Modal opened onClose={onClose} title={t('rankers.callsOf', { name })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <ProblemAlert error={error} what={error ? t('notLoaded') : undefined} />
        {calls?.length === 0 && <EmptyState kind="nothing" title={t('rankers.noCalls')} text={t('rankers.noCallsText')} />}
        {calls && calls.length > 0 && (
          <ScrollPanel label={t('rankers.calls')}>
            <table className={css.table}>
              <thead>
                <tr>
                  <th scope="col">{t('rankers.at')}</th>
                  <th scope="col">{t('rankers.said')}</th>
                  <th scope="col" className={css.end}>{t('rankers.ms')}</th>
                </tr>
              </thead>
              <tbody>
                {calls.map((c, i) => (
                  <tr key={i}>
                    <td><When at={c.at} as="dateTime" /></td>
                    <td>
                      <Status tone={toneOfOutcome(c.outcome)} isPlain>{t.maybe(`rankers.outcome.${c.outcome}`)}</Status>
                      {c.fault && <div className="sy-muted" dir="auto">{c.fault}</div>}
                    </td>
                    <td className={css.end}>{c.tookMs}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollPanel>
        )}
        <div className={css.buttons}>
          <Button variant="default" loading={isFetching} onClick={() => void refetch()}>{t('rankers.again')}</Button>
          <Button onClick={onClose}>{t('close')}</Button>
        </div>
      </div>
    </Modal>
  );
}
