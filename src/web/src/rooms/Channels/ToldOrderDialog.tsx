import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { laidOut, toldTones, type Connection } from './channels.ts';
import css from './Channels.module.css';
import { OrderLink } from './OrderLink.tsx';
import en from './texts.en.ts';
import { useReplay } from './useReplay.ts';

/** One order as its channel told it, and as it was taken in. */
export function ToldOrderDialog({ connection: c, externalId, onClose }: { connection: Connection; externalId: string; onClose: () => void }) {
  const t = useTexts(en);
  const mayReplay = useMay()('orders:write');
  const replay = useReplay(c);
  const { data: o, error } = useQuery({
    queryKey: ['connections', c.channel, 'order', externalId],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/connections/{channel}/orders/{externalId}', { params: { path: { channel: c.channel, externalId } }, signal })),
  });
  const told = laidOut(o?.told);
  const taken = laidOut(o?.taken);
  return (
    <Modal opened onClose={onClose} title={t('orderOf', { number: o?.number ?? externalId })} size="min(820px, 100%)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <ProblemAlert error={error} />
        {o && (
          <>
            <FieldList
              fields={[
                [t('state'), <Status key="s" tone={toldTones[o.state]}>{t(`told.${o.state}`)}</Status>],
                [t('why'), o.said],
                [t('ourOrder'), o.orderId && <OrderLink key="o" id={o.orderId as string} number={o.orderNumber} />],
                [t('externalId'), o.externalId],
                [t('toldAt'), o.toldAt && <When key="t" at={o.toldAt} as="dateTime" />],
                [t('changedAt'), <When key="c" at={o.changedAt} as="dateTime" />],
              ]}
            />
            {o.isBefore && <p className="sy-muted">{t('isBefore.text')}</p>}
            {told && <Payload title={t('payload.told')} text={told} isOpen />}
            {taken && taken !== told && <Payload title={t('payload.taken')} text={taken} />}
            {!told && <p className="sy-muted">{t('payload.none')}</p>}
          </>
        )}
        <ProblemAlert error={replay.error} what={t('notReplayed')} />
        {mayReplay && (
          <div className={`${css.buttons} ${css.end}`}>
            <span className="sy-meta sy-grow">{t('replay.text')}</span>
            <Button loading={replay.isPending} onClick={() => replay.mutate(externalId, { onSuccess: onClose })}>
              {t('replay')}
            </Button>
          </div>
        )}
      </div>
    </Modal>
  );
}

function Payload({ title, text, isOpen = false }: { title: string; text: string; isOpen?: boolean }) {
  return (
    <details className={css.details} open={isOpen}>
      <summary>{title}</summary>
      {/* What is scrolled must be reached by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={css.payload} tabIndex={0} role="region" aria-label={title} dir="ltr">
        {text}
      </pre>
    </details>
  );
}
