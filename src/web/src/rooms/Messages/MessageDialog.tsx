import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { MailPreview } from './MailPreview.tsx';
import css from './Messages.module.css';
import { tones, type Message } from './messages.ts';
import en from './texts.en.ts';

interface Props {
  message: Message;
  onClose: () => void;
  onResend?: (() => void) | undefined;
  isPending?: boolean;
}

/** A message as it was sent. */
export function MessageDialog({ message, onClose, onResend, isPending = false }: Props) {
  const t = useTexts(en);
  const [view, setView] = useState('mail');
  const { data, error } = useQuery({
    queryKey: ['messages', message.id, message.state],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/messages/{id}', { params: { path: { id: message.id as string } }, signal })),
  });
  return (
    <Modal opened onClose={onClose} title={message.subject ?? t.maybe(`kind.${message.kind}`)} size="min(680px, 100%)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={css.stack}>
        <FieldList
          fields={[
            [t('state'), <Status key="s" tone={tones[message.state]}>{t.maybe(`state.${message.state}`)}</Status>],
            [t('to'), message.to],
            [t('when'), <When key="w" at={message.settledAt ?? message.createdAt} as="dateTime" />],
            [t('why'), message.reason && t.maybe(`reason.${message.reason}`)],
            [t('fault'), message.fault],
          ]}
        />
        <ProblemAlert error={error} />
        {data && !data.page && <p className="sy-muted">{t('noText')}</p>}
        {data?.page && (
          <>
            <SegmentedControl aria-label={t('preview')} value={view} onChange={setView} data={[{ value: 'mail', label: t('asMail') }, { value: 'plain', label: t('asText') }]} />
            {view === 'mail' ? <MailPreview page={data.page} label={t('preview')} /> : <pre className={css.plain}>{data.plain}</pre>}
          </>
        )}
        {onResend && message.state !== 'waiting' && (
          <div>
            <Button variant="default" onClick={onResend} loading={isPending}>
              {t('resend')}
            </Button>
          </div>
        )}
      </div>
    </Modal>
  );
}
