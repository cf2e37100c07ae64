import { Button, MultiSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { Status } from '@house/parts/Status.tsx';
import { useSession } from '@house/session.tsx';
import { nodesOptions, rolesOptions, usersOptions, type User } from './access.ts';
import { FormDialog } from './FormDialog.tsx';
import { Frame, Row, Rows } from './Frame.tsx';
import en from './texts.en.ts';

type Dialog = { kind: 'new' } | { kind: 'rights' | 'password'; user: User };

/** Who may sign in, with which roles, for which nodes. */
export default function UsersPage() {
  const t = useTexts(en);
  const { session } = useSession();
  const queries = useQueryClient();
  const users = useQuery(usersOptions);
  const roles = useQuery(rolesOptions);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const fresh = () => queries.invalidateQueries({ queryKey: ['users'] });
  const turn = useMutation({
    mutationFn: ({ user, isOn }: { user: User; isOn: boolean }) => {
      const at = { params: { path: { id: user.id } } };
      return isOn ? ask(api.POST('/api/v1/users/{id}/enable', at)) : ask(api.POST('/api/v1/users/{id}/disable', at));
    },
    onSuccess: async (_, { user, isOn }) => {
      await fresh();
      notify(t(isOn ? 'users.enabled' : 'users.disabled', { who: user.displayName }), () => turn.mutateAsync({ user, isOn: !isOn }));
    },
  });
  const roleName = (id: string) => roles.data?.data.find((r) => r.id === id)?.name ?? id;
  return (
    <Frame section="users" error={users.error ?? turn.error} actions={<Button onClick={() => setDialog({ kind: 'new' })}>{t('users.new')}</Button>}>
      <Rows label={t('users')}>
        {users.data?.data.map((user) => (
          <Row
            key={user.id}
            name={user.displayName}
            beside={
              <>
                <bdi className="sy-muted">{user.userName}</bdi> {user.isDisabled && <Status tone="neutral">{t('users.isDisabled')}</Status>}
              </>
            }
            end={
              <>
                <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'rights', user })}>
                  {t('users.rights')}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'password', user })}>
                  {t('users.password')}
                </Button>
                {user.id !== session.user?.id && (
                  <Button size="compact-sm" variant="default" onClick={() => turn.mutate({ user, isOn: user.isDisabled })} loading={turn.isPending && turn.variables.user.id === user.id}>
                    {t(user.isDisabled ? 'users.enable' : 'users.disable')}
                  </Button>
                )}
              </>
            }
          >
            {user.roles.map(roleName).join(', ') || t('users.noRole')} · {user.nodes ? user.nodes.join(', ') : t('allNodes')}
          </Row>
        ))}
      </Rows>
      {dialog?.kind === 'password' && <PasswordDialog user={dialog.user} onClose={() => setDialog(null)} />}
      {(dialog?.kind === 'new' || dialog?.kind === 'rights') && <UserDialog user={dialog.kind === 'rights' ? dialog.user : null} onClose={() => setDialog(null)} />}
    </Frame>
  );
}

function UserDialog({ user, onClose }: { user: User | null; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const roles = useQuery(rolesOptions);
  const nodes = useQuery(nodesOptions);
  const [draft, setDraft] = useState({ userName: '', displayName: '', email: '', password: '' });
  const [given, setGiven] = useState<string[]>(user?.roles ?? []);
  const [scope, setScope] = useState<string[]>(user?.nodes ?? []);
  const rights = { roles: given, nodes: scope.length > 0 ? scope : null };
  const save = useMutation({
    mutationFn: () =>
      user
        ? ask(api.PUT('/api/v1/users/{id}/roles', { params: { path: { id: user.id } }, body: rights }))
        : ask(api.POST('/api/v1/users', { body: { ...draft, email: draft.email || null, ...rights } })),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['users'] });
      notify(t(user ? 'users.saved' : 'users.made', { who: saved.displayName }));
      onClose();
    },
  });
  const faults = byField(save.error);
  const field = (name: keyof typeof draft) => ({ value: draft[name], onChange: (e: { currentTarget: { value: string } }) => setDraft({ ...draft, [name]: e.currentTarget.value }), error: faults[name] });
  return (
    <FormDialog
      title={user ? t('users.rightsOf', { who: user.displayName }) : t('users.new')}
      confirm={user ? t('save') : t('users.make')}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isPending={save.isPending}
      error={save.error}
      shown={['/userName', '/displayName', '/email', '/password', '/roles', '/nodes']}
    >
      {!user && (
        <>
          <TextInput label={t('users.displayName')} required data-autofocus autoComplete="off" {...field('displayName')} />
          <TextInput label={t('users.userName')} description={t('users.userNameText')} required autoComplete="off" {...field('userName')} />
          <TextInput label={t('users.email')} type="email" autoComplete="off" {...field('email')} />
          <PasswordInput label={t('users.firstPassword')} description={t('users.passwordText')} required autoComplete="new-password" {...field('password')} />
        </>
      )}
      <MultiSelect label={t('roles')} data={roles.data?.data.map((r) => ({ value: r.id, label: r.name })) ?? []} value={given} onChange={setGiven} error={faults['roles']} searchable />
      <MultiSelect
        label={t('users.nodes')}
        description={t('users.nodesText')}
        placeholder={scope.length === 0 ? t('allNodes') : ''}
        data={nodes.data?.data.map((n) => ({ value: n.code, label: `${n.code} ${n.name}` })) ?? []}
        value={scope}
        onChange={setScope}
        error={faults['nodes']}
        searchable
      />
    </FormDialog>
  );
}

function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useTexts(en);
  const [password, setPassword] = useState('');
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/users/{id}/password', { params: { path: { id: user.id } }, body: { password } })),
    onSuccess: () => {
      notify(t('users.passwordSet', { who: user.displayName }));
      onClose();
    },
  });
  return (
    <FormDialog title={t('users.passwordOf', { who: user.displayName })} confirm={t('users.setPassword')} onClose={onClose} onSubmit={() => save.mutate()} isPending={save.isPending} error={save.error} shown={['/password']}>
      <PasswordInput label={t('users.newPassword')} description={t('users.passwordText')} required autoComplete="new-password" value={password} onChange={(e) => setPassword(e.currentTarget.value)} error={byField(save.error)['password']} data-autofocus />
    </FormDialog>
  );
}
