import { Button, Checkbox, Modal, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { Frame, Row, Rows } from './Frame.tsx';
import { WebhookLog } from './WebhookLog.tsx';
import { WebhookSecrets } from './WebhookSecrets.tsx';
import css from './Settings.module.css';
import en from './texts.en.ts';

export type Webhook = Schema['WebhookView'];
type Tried = Schema['TestWebhookResponse'];

const tones: Record<Webhook['state'], Tone> = { active: 'good', paused: 'neutral', disabled: 'bad', deleted: 'neutral' };
const at = (hook: Webhook) => ({ params: { path: { id: hook.id as string } } });

/** Addresses that are told what happens, with what became of each message. */
export default function WebhooksPage() {
  const t = useTexts(en);
  const may = useMay();
  const mayWrite = may('webhooks:manage');
  const queries = useQueryClient();
  const hooks = useQuery({ queryKey: ['webhooks'], queryFn: ({ signal }) => ask(api.GET('/api/v1/webhooks', { params: { query: { limit: 100 } }, signal })) });
  const [dialog, setDialog] = useState<{ kind: 'new' } | { kind: 'change' | 'delete' | 'log' | 'secrets'; hook: Webhook } | { kind: 'made'; hook: Webhook } | { kind: 'tried'; hook: Webhook; tried: Tried } | null>(null);
  const close = () => setDialog(null);
  const fresh = () => queries.invalidateQueries({ queryKey: ['webhooks'] });
  const test = useMutation({ mutationFn: (hook: Webhook) => ask(api.POST('/api/v1/webhooks/{id}/test', { ...at(hook), body: {} })), onSuccess: (tried, hook) => setDialog({ kind: 'tried', hook, tried }) });
  const enable = useMutation({
    mutationFn: (hook: Webhook) => ask(api.POST('/api/v1/webhooks/{id}/enable', { ...at(hook), body: { discardWaiting: false } })),
    onSuccess: async () => {
      await fresh();
      notify(t('hooks.enabled'));
    },
  });
  const remove = useMutation({
    mutationFn: (hook: Webhook) => ask(api.DELETE('/api/v1/webhooks/{id}', at(hook))),
    onSuccess: async () => {
      await fresh();
      notify(t('hooks.deleted'));
      close();
    },
  });
  const list = hooks.data?.data.filter((h) => h.state !== 'deleted');
  const make = <Button onClick={() => setDialog({ kind: 'new' })}>{t('hooks.new')}</Button>;
  return (
    <Frame section="webhooks" error={hooks.error ?? test.error ?? enable.error} actions={mayWrite && list && list.length > 0 && make}>
      {list?.length === 0 ? (
        <EmptyState kind="first" title={t('hooks.none')} text={t('hooks.noneText')} action={mayWrite && make} />
      ) : (
        <Rows label={t('webhooks')}>
          {list?.map((hook) => (
            <Row
              key={hook.id as string}
              name={hook.url}
              beside={<Status tone={tones[hook.state]}>{t.maybe(`hooks.state.${hook.state}`)}</Status>}
              end={
                <>
                  <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'log', hook })}>
                    {t('hooks.log')}
                  </Button>
                  {mayWrite && (
                    <>
                      {hook.state === 'disabled' && (
                        <Button size="compact-sm" variant="default" loading={enable.isPending} onClick={() => enable.mutate(hook)}>
                          {t('hooks.enable')}
                        </Button>
                      )}
                      <Button size="compact-sm" variant="default" loading={test.isPending && test.variables.id === hook.id} onClick={() => test.mutate(hook)}>
                        {t('hooks.test')}
                      </Button>
                      <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'change', hook })}>
                        {t('change')}
                      </Button>
                      <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'secrets', hook })}>
                        {t('hooks.secrets')}
                      </Button>
                      <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'delete', hook })}>
                        {t('delete')}
                      </Button>
                    </>
                  )}
                </>
              }
            >
              {hook.description && `${hook.description} · `}
              {hook.kinds.join(', ')}
              {hook.failingSince && <> · {t.node('hooks.failing', { when: <When at={hook.failingSince} /> })}</>}
              {hook.reason && ` · ${hook.reason}`}
            </Row>
          ))}
        </Rows>
      )}
      {dialog?.kind === 'new' && <HookDialog hook={null} onClose={close} onMade={(hook) => setDialog({ kind: 'made', hook })} />}
      {dialog?.kind === 'change' && <HookDialog hook={dialog.hook} onClose={close} onMade={close} />}
      {dialog?.kind === 'secrets' && <WebhookSecrets id={dialog.hook.id as string} onClose={close} />}
      {dialog?.kind === 'log' && <WebhookLog hook={dialog.hook} onClose={close} />}
      {dialog?.kind === 'delete' && (
        <FormDialog title={t('hooks.delete')} confirm={t('delete')} isDanger onClose={close} onSubmit={() => remove.mutate(dialog.hook)} isPending={remove.isPending} error={remove.error}>
          <p>{t('hooks.deleteText', { url: dialog.hook.url })}</p>
        </FormDialog>
      )}
      {dialog?.kind === 'made' && (
        <Modal opened onClose={close} title={t('hooks.made')} closeOnClickOutside={false} closeOnEscape={false} closeButtonProps={{ 'aria-label': t('close') }}>
          <div className="sy-stack">
            <p>{t('hooks.madeText')}</p>
            <div className={css.secret}>
              <Code>{dialog.hook.secrets[0]?.secret ?? ''}</Code>
            </div>
            <div className={css.buttons}>
              <Button onClick={close}>{t('keys.kept')}</Button>
            </div>
          </div>
        </Modal>
      )}
      {dialog?.kind === 'tried' && (
        <Modal opened onClose={close} title={t('hooks.tried')} closeButtonProps={{ 'aria-label': t('close') }}>
          <div className="sy-stack">
            <p>
              <Status tone={dialog.tried.isDelivered ? 'good' : 'bad'}>{dialog.tried.isDelivered ? t('hooks.arrived') : t('hooks.notArrived')}</Status>{' '}
              {dialog.tried.status !== null && t('hooks.answered', { status: String(dialog.tried.status) })} · {t('hooks.took', { n: dialog.tried.durationMs })}
            </p>
            {dialog.tried.error && <p dir="auto">{dialog.tried.error}</p>}
            {dialog.tried.answer && <pre className={css.plain}>{dialog.tried.answer}</pre>}
          </div>
        </Modal>
      )}
    </Frame>
  );
}

function HookDialog({ hook, onClose, onMade }: { hook: Webhook | null; onClose: () => void; onMade: (hook: Webhook) => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [url, setUrl] = useState(hook?.url ?? '');
  const [description, setDescription] = useState(hook?.description ?? '');
  const [kinds, setKinds] = useState<string[]>(hook?.kinds ?? ['Order*']);
  const [isActive, setActive] = useState(hook ? hook.state !== 'paused' : true);
  const [sendsConsents, setConsents] = useState(hook?.sendsConsents ?? false);
  const save = useMutation({
    mutationFn: () => {
      const body = { url, description, kinds, isActive, sendsConsents, channels: hook?.channels ?? null };
      return hook ? ask(api.PUT('/api/v1/webhooks/{id}', { ...at(hook), body, headers: ifMatch(hook.version) })) : ask(api.POST('/api/v1/webhooks', { body }));
    },
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['webhooks'] });
      if (hook) notify(t('hooks.saved'));
      onMade(saved);
    },
  });
  const faults = byField(save.error);
  return (
    <FormDialog title={hook ? t('hooks.change') : t('hooks.new')} confirm={hook ? t('save') : t('hooks.make')} onClose={onClose} onSubmit={() => save.mutate()} isPending={save.isPending} error={save.error} shown={['/url', '/description', '/kinds']}>
      <TextInput label={t('hooks.url')} type="url" required placeholder="https://" value={url} onChange={(e) => setUrl(e.currentTarget.value)} error={faults['url']} data-autofocus />
      <TextInput label={t('hooks.description')} value={description} onChange={(e) => setDescription(e.currentTarget.value)} error={faults['description']} />
      <TagsInput label={t('hooks.kinds')} description={t('hooks.kindsText')} value={kinds} onChange={setKinds} error={Object.entries(faults).find(([path]) => path.startsWith('kinds'))?.[1]} data={['*', 'Order*', 'OrderPlaced', 'OrderCancelled', 'Fulfilment*', 'Stock*', 'Payment*', 'Hold*', 'Product*', 'Customer*', 'Points*']} />
      <Checkbox label={t('hooks.consents')} description={t('hooks.consentsAbout')} checked={sendsConsents} onChange={(e) => setConsents(e.currentTarget.checked)} />
      <Checkbox label={t('hooks.active')} checked={isActive} onChange={(e) => setActive(e.currentTarget.checked)} />
    </FormDialog>
  );
}
