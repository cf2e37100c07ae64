import { Button, Modal, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import { Row, Rows } from './Frame.tsx';
import css from './Settings.module.css';
import en from './texts.en.ts';

const day = 86_400;
const spans = [0, day, 7 * day, 30 * day];

/** The secrets a webhook signs with: a new one beside the old, which stop when the other side has changed over. */
export function WebhookSecrets({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [span, setSpan] = useState(day);
  const hook = useQuery({ queryKey: ['webhooks', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/webhooks/{id}', { params: { path: { id } }, signal })) });
  const fresh = () => queries.invalidateQueries({ queryKey: ['webhooks'] });
  const rotate = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/webhooks/{id}/secrets', { params: { path: { id } }, body: { retireOthersAfterSeconds: span } })),
    onSuccess: fresh,
  });
  const retire = useMutation({
    mutationFn: (number: number) => ask(api.DELETE('/api/v1/webhooks/{id}/secrets/{number}', { params: { path: { id, number } } })),
    onSuccess: async (_, number) => {
      await fresh();
      notify(t('secrets.retired', { n: number }));
    },
  });
  const secrets = hook.data?.secrets ?? [];
  const made = rotate.data;
  return (
    <Modal opened onClose={onClose} title={t('hooks.secrets')} size="var(--sy-dialog)" closeOnClickOutside={!made} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <p className={css.about}>{t('secrets.text')}</p>
        <ProblemAlert error={hook.error ?? rotate.error ?? retire.error} />
        <Rows label={t('hooks.secrets')}>
          {secrets.map((s) => (
            <Row
              key={s.number}
              name={t('secrets.n', { n: s.number })}
              end={
                secrets.length > 1 && (
                  <Button size="compact-sm" variant="default" loading={retire.isPending && retire.variables === s.number} onClick={() => retire.mutate(s.number)} aria-label={t('secrets.retireThis', { n: s.number })}>
                    {t('secrets.retire')}
                  </Button>
                )
              }
            >
              {t.node('secrets.since', { when: <When at={s.createdAt} as="dateTime" /> })}
              {s.retiresAt && <> · {t.node('secrets.until', { when: <When at={s.retiresAt} as="dateTime" /> })}</>}
            </Row>
          ))}
        </Rows>
        {made ? (
          <>
            <p role="status">{t('hooks.madeText')}</p>
            <div className={css.secret}>
              <Code>{made.secret ?? ''}</Code>
            </div>
            <div className={css.buttons}>
              <Button onClick={onClose}>{t('keys.kept')}</Button>
            </div>
          </>
        ) : (
          <>
            <Select label={t('secrets.span')} value={String(span)} allowDeselect={false} onChange={(v) => setSpan(Number(v ?? day))} data={spans.map((s) => ({ value: String(s), label: s === 0 ? t('secrets.atOnce') : t('secrets.after', { n: s / day }) }))} />
            <div className={css.buttons}>
              <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
                {t('secrets.new')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Modal>
  );
}
