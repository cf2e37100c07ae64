import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { Status } from '@house/parts/Status.tsx';
import { idOf, rolesOptions, seesPrices, usersOptions, type Role } from './access.ts';
import { FormDialog } from './FormDialog.tsx';
import { Frame, Row, Rows } from './Frame.tsx';
import { RightsPicker } from './RightsPicker.tsx';
import en from './texts.en.ts';

type Dialog = { kind: 'new' | 'change' | 'delete'; role: Role | null };

/** What people may do, under a name. The house's own roles are fixed; copies of them are not. */
export default function RolesPage() {
  const t = useTexts(en);
  const roles = useQuery(rolesOptions);
  const users = useQuery(usersOptions);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  return (
    <Frame section="roles" error={roles.error} actions={<Button onClick={() => setDialog({ kind: 'new', role: null })}>{t('roles.new')}</Button>}>
      <Rows label={t('roles')}>
        {roles.data?.data.map((role) => (
          <Row
            key={role.id}
            name={role.name}
            beside={!seesPrices(role.permissions) && <Status tone="neutral">{t('roles.noPrices')}</Status>}
            end={
              <>
                {!role.isBuiltIn && (
                  <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'change', role })}>
                    {t('change')}
                  </Button>
                )}
                <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'new', role })}>
                  {t('roles.copy')}
                </Button>
                {!role.isBuiltIn && (
                  <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'delete', role })}>
                    {t('delete')}
                  </Button>
                )}
              </>
            }
          >
            {t('roles.rights', { n: role.permissions.length })} · {t('roles.people', { n: users.data?.data.filter((u) => u.roles.includes(role.id)).length ?? 0 })}
            {role.isBuiltIn && ` · ${t('roles.builtIn')}`}
          </Row>
        ))}
      </Rows>
      {dialog?.kind === 'delete' && dialog.role && <DeleteRole role={dialog.role} onClose={close} />}
      {dialog && dialog.kind !== 'delete' && <RoleDialog from={dialog.role} isNew={dialog.kind === 'new'} onClose={close} />}
    </Frame>
  );
}

function RoleDialog({ from, isNew, onClose }: { from: Role | null; isNew: boolean; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const roles = useQuery(rolesOptions);
  const [name, setName] = useState(isNew ? '' : (from?.name ?? ''));
  const [rights, setRights] = useState<string[]>(from?.permissions ?? []);
  const save = useMutation({
    mutationFn: () =>
      isNew
        ? ask(api.POST('/api/v1/roles', { body: { id: idOf(name), name, permissions: rights } }))
        : ask(api.PUT('/api/v1/roles/{id}', { params: { path: { id: from!.id } }, body: { name, permissions: rights } })),
    onSuccess: async (role) => {
      await queries.invalidateQueries({ queryKey: ['roles'] });
      notify(t('roles.saved', { name: role.name }));
      onClose();
    },
  });
  const faults = byField(save.error);
  const fault = Object.entries(faults).find(([path]) => path.startsWith('permissions'))?.[1];
  return (
    <FormDialog title={isNew ? t('roles.new') : t('roles.change', { name: from!.name })} confirm={isNew ? t('roles.make') : t('save')} onClose={onClose} onSubmit={() => save.mutate()} isPending={save.isPending} error={save.error} shown={['/name', '/id', '/permissions']}>
      <TextInput label={t('name')} required value={name} onChange={(e) => setName(e.currentTarget.value)} error={faults['name'] ?? faults['id']} data-autofocus />
      {isNew && (
        <Select
          label={t('roles.from')}
          placeholder={t('roles.fromNothing')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          defaultValue={from?.id ?? null}
          data={roles.data?.data.map((r) => ({ value: r.id, label: r.name })) ?? []}
          onChange={(id) => setRights(roles.data?.data.find((r) => r.id === id)?.permissions ?? [])}
        />
      )}
      <RightsPicker all={roles.data?.allPermissions ?? []} value={rights} onChange={setRights} error={fault} />
    </FormDialog>
  );
}

function DeleteRole({ role, onClose }: { role: Role; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/roles/{id}', { params: { path: { id: role.id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['roles'] });
      notify(t('roles.deleted', { name: role.name }));
      onClose();
    },
  });
  return (
    <FormDialog title={t('roles.delete', { name: role.name })} confirm={t('delete')} isDanger onClose={onClose} onSubmit={() => remove.mutate()} isPending={remove.isPending} error={remove.error}>
      <p>{t('roles.deleteText')}</p>
    </FormDialog>
  );
}
