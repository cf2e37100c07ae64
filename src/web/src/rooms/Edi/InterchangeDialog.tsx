import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Row, Rows } from '@rooms/Settings/Frame.tsx';
import css from './Edi.module.css';
import { keep, laidOut, messageTones, tones, type EdiMessage } from './edi.ts';
import en from './texts.en.ts';

/** One interchange: what is in it, what became of each message, what is wrong and where, and how it was written. */
export function InterchangeDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTexts(en);
  const mayWrite = useMay()('edi:write');
  const queries = useQueryClient();
  const { data: one, error } = useQuery({ queryKey: ['edi', 'interchange', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/edi/interchanges/{id}', { params: { path: { id } }, signal })) });
  const fresh = async () => {
    await queries.invalidateQueries({ queryKey: ['edi'] });
    void queries.invalidateQueries({ queryKey: ['orders'] });
  };
  const replay = useMutation({
    mutationFn: (message: string) => ask(api.POST('/api/v1/edi/messages/{id}/replay', { params: { path: { id: message } } })),
    onSuccess: async () => {
      await fresh();
      notify(t('replayed'));
    },
  });
  const resend = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/edi/interchanges/{id}/resend', { params: { path: { id } } })),
    onSuccess: async () => {
      await fresh();
      notify(t('resent'));
    },
  });
  return (
    <Modal opened onClose={onClose} title={one ? t('numberOf', { number: one.control }) : t('interchange')} size="min(820px, 100%)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <ProblemAlert error={error ?? replay.error ?? resend.error} />
        {one && (
          <>
            <FieldList
              fields={[
                [t('stateOf'), <span key="s"><Status tone={tones[one.state]}>{t(`state.${one.state}`)}</Status> {one.isOverdue && <Status tone="warn">{t('overdue')}</Status>}</span>],
                [t('why'), one.note === '000' ? null : t.maybe(`note.${one.note}`)],
                [t('partner'), one.partnerName],
                [t('sender'), one.sender],
                [t('receiver'), one.receiver],
                [t('when'), <When key="w" at={one.at} as="dateTime" />],
                [t('source'), one.direction === 'in' ? one.source : null],
              ]}
            />
            {one.messages.length > 0 && (
              <Section title={t('messages')}>
                <Rows label={t('messages')}>
                  {one.messages.map((m) => (
                    <Message key={m.id as string} message={m} onReplay={mayWrite && m.state === 'failed' ? () => replay.mutate(m.id as string) : undefined} isPending={replay.isPending && replay.variables === m.id} />
                  ))}
                </Rows>
              </Section>
            )}
            <Section title={t('content')}>{one.content ? <pre className={css.plain}>{laidOut(one.content)}</pre> : <p className="sy-muted">{t('contentGone')}</p>}</Section>
            {one.content && (
              <div className={css.acts}>
                <Button variant="default" onClick={() => keep(`${one.control}-${one.sets.replaceAll(' ', '-')}.edi`, one.content!)}>
                  {t('download')}
                </Button>
                {mayWrite && one.direction === 'out' && one.state !== 'waiting' && (
                  <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
                    {t('resend')}
                  </Button>
                )}
              </div>
            )}
          </>
        )}
      </div>
    </Modal>
  );
}

function Message({ message: m, onReplay, isPending }: { message: EdiMessage; onReplay: (() => void) | undefined; isPending: boolean }) {
  const t = useTexts(en);
  return (
    <Row
      name={`${m.set} · ${t.maybe(`set.${m.set}`)}`}
      beside={<Status tone={messageTones[m.state]}>{t(`message.${m.state}`)}</Status>}
      end={
        <>
          {m.order && <Link to={`/orders/${m.order as string}`}>{t('order')}</Link>}
          {onReplay && (
            <Button size="compact-sm" variant="default" loading={isPending} onClick={onReplay}>
              {t('replay')}
            </Button>
          )}
        </>
      }
    >
      {m.reference}
      {m.faults.length > 0 && (
        <ul className={css.faults}>
          {m.faults.map((f, i) => (
            <li key={i}>
              {f.place && <bdi className="sy-code">{f.place}</bdi>} {t.maybe(`fault.${f.code}`)} {f.code.startsWith('AK') ? null : <span className="sy-muted">{f.detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </Row>
  );
}
