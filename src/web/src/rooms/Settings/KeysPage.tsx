import { Button, Modal, MultiSelect, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useSession } from '@house/session.tsx';
import { nodesOptions, rolesOptions } from './access.ts';
import { FormDialog } from './FormDialog.tsx';
import { Frame, Row, Rows } from './Frame.tsx';
import { RightsPicker } from './RightsPicker.tsx';
import css from './Settings.module.css';
import en from './texts.en.ts';

type Key = Schema['ManageKeysKeyView'];

/** How programs sign in. A secret is shown once, when the key is made. */
export default function KeysPage() {
  const t = useTexts(en);
  const keys = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => ask(api.GET('/api/v1/keys', { params: { query: { limit: 200 } }, signal })) });
  const [dialog, setDialog] = useState<{ kind: 'new' } | { kind: 'revoke' | 'made'; key: Key } | null>(null);
  const close = () => setDialog(null);
  const list = keys.data?.data;
  return (
    <Frame section="keys" error={keys.error} actions={<Button onClick={() => setDialog({ kind: 'new' })}>{t('keys.new')}</Button>}>
      {list?.length === 0 ? (
        <EmptyState kind="first" title={t('keys.none')} text={t('keys.noneText')} action={<Button onClick={() => setDialog({ kind: 'new' })}>{t('keys.new')}</Button>} />
      ) : (
        <Rows label={t('keys')}>
          {list?.map((key) => (
            <Row
              key={key.id}
              name={key.name}
              beside={
                <>
                  <bdi className="sy-code sy-muted">{key.prefix}…</bdi> {key.revokedAt && <Status tone="neutral">{t('keys.revoked')}</Status>}
                </>
              }
              end={
                !key.revokedAt && (
                  <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'revoke', key })}>
                    {t('keys.revoke')}
                  </Button>
                )
              }
            >
              {t('roles.rights', { n: key.scopes.length })} · {key.nodes ? key.nodes.join(', ') : t('allNodes')} ·{' '}
              {key.lastUsedAt ? t.node('keys.used', { when: <When at={key.lastUsedAt} /> }) : t('keys.unused')}
              {key.expiresAt && <> · {t.node('keys.expires', { when: <When at={key.expiresAt} as="date" /> })}</>}
            </Row>
          ))}
        </Rows>
      )}
      {dialog?.kind === 'new' && <NewKey onClose={close} onMade={(key) => setDialog({ kind: 'made', key })} />}
      {dialog?.kind === 'revoke' && <RevokeKey shown={dialog.key} onClose={close} />}
      {dialog?.kind === 'made' && (
        <Modal opened onClose={close} title={t('keys.made', { name: dialog.key.name })} closeOnClickOutside={false} closeOnEscape={false} closeButtonProps={{ 'aria-label': t('close') }}>
          <div className="sy-stack">
            <p>{t('keys.madeText')}</p>
            <div className={css.secret}>
              <Code>{dialog.key.secret ?? ''}</Code>
            </div>
            <div className={css.buttons}>
              <Button onClick={close}>{t('keys.kept')}</Button>
            </div>
          </div>
        </Modal>
      )}
    </Frame>
  );
}

function NewKey({ onClose, onMade }: { onClose: () => void; onMade: (key: Key) => void }) {
  const t = useTexts(en);
  const { session } = useSession();
  const queries = useQueryClient();
  const roles = useQuery(rolesOptions);
  const nodes = useQuery(nodesOptions);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [scope, setScope] = useState<string[]>([]);
  const [days, setDays] = useState<string>('365');
  const make = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/keys', {
          body: { name, scopes, nodes: scope.length > 0 ? scope : null, expiresAt: days === 'never' ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString() },
        }),
      ),
    onSuccess: async (key) => {
      await queries.invalidateQueries({ queryKey: ['keys'] });
      onMade(key);
    },
  });
  const faults = byField(make.error);
  const fault = Object.entries(faults).find(([path]) => path.startsWith('scopes'))?.[1];
  // Nobody hands on a right they do not have.
  const mine = roles.data?.allPermissions.filter((r) => session.permissions.includes(r.code)) ?? [];
  return (
    <FormDialog title={t('keys.new')} confirm={t('keys.make')} onClose={onClose} onSubmit={() => make.mutate()} isPending={make.isPending} error={make.error} shown={['/name', '/scopes', '/nodes', '/expiresAt']}>
      <TextInput label={t('name')} description={t('keys.nameText')} required value={name} onChange={(e) => setName(e.currentTarget.value)} error={faults['name']} data-autofocus />
      <Select label={t('keys.for')} value={days} onChange={(v) => setDays(v ?? '365')} allowDeselect={false} error={faults['expiresAt']} data={[...['30', '90', '365'].map((n) => ({ value: n, label: t('keys.days', { n: Number(n) }) })), { value: 'never', label: t('keys.never') }]} />
      <MultiSelect label={t('users.nodes')} placeholder={scope.length === 0 ? t('allNodes') : ''} data={nodes.data?.data.map((n) => ({ value: n.code, label: `${n.code} ${n.name}` })) ?? []} value={scope} onChange={setScope} error={faults['nodes']} searchable />
      <RightsPicker all={mine} value={scopes} onChange={setScopes} error={fault} />
    </FormDialog>
  );
}

function RevokeKey({ shown, onClose }: { shown: Key; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/keys/{id}', { params: { path: { id: shown.id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['keys'] });
      notify(t('keys.wasRevoked', { name: shown.name }));
      onClose();
    },
  });
  return (
    <FormDialog title={t('keys.revokeThis', { name: shown.name })} confirm={t('keys.revoke')} isDanger onClose={onClose} onSubmit={() => revoke.mutate()} isPending={revoke.isPending} error={revoke.error}>
      <p>{t('keys.revokeText')}</p>
    </FormDialog>
  );
}
