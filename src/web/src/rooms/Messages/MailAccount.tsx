import { Button, NumberInput, PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import { Row, Rows } from '@rooms/Settings/Frame.tsx';
import css from './Messages.module.css';
import { accountsOptions } from './messages.ts';
import en from './texts.en.ts';

type Account = Schema['MessageAccountView'];
const fields = ['host', 'port', 'tls', 'user', 'from', 'fromName', 'replyTo'] as const;

/** How messages go out. */
export function MailAccount() {
  const t = useTexts(en);
  const may = useMay();
  const { data, error } = useQuery(accountsOptions);
  const [dialog, setDialog] = useState<'change' | 'test' | null>(null);
  const account = data?.data[0];
  const settings = (account?.settings ?? {}) as Record<string, string>;
  return (
    <Section title={t('account')}>
      <ProblemAlert error={error} />
      {data && (
        <Rows label={t('account')}>
          <Row
            name={account ? t.maybe(`messenger.${account.messenger}`) : t('account.none')}
            beside={account && (account.fault ? <Status tone="bad">{t('account.fails')}</Status> : account.isActive ? <Status tone="good">{t('account.on')}</Status> : <Status tone="neutral">{t('account.off')}</Status>)}
            end={
              may('settings:write') && (
                <>
                  {account && (
                    <Button size="compact-sm" variant="default" onClick={() => setDialog('test')}>
                      {t('account.test')}
                    </Button>
                  )}
                  <Button size="compact-sm" variant="default" onClick={() => setDialog('change')}>
                    {t(account ? 'change' : 'account.make')}
                  </Button>
                </>
              )
            }
          >
            {account ? (account.messenger === 'keep' ? t('account.keepText') : `${settings['from'] ?? ''} · ${settings['host'] ?? ''}:${settings['port'] ?? ''}`) : t('account.noneText')}
            {account?.fault && ` · ${account.fault}`}
          </Row>
        </Rows>
      )}
      {dialog === 'change' && <AccountDialog account={account} onClose={() => setDialog(null)} />}
      {dialog === 'test' && <TestDialog onClose={() => setDialog(null)} />}
    </Section>
  );
}

function AccountDialog({ account, onClose }: { account: Account | undefined; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const start = (account?.settings ?? {}) as Record<string, string>;
  const [messenger, setMessenger] = useState(account?.messenger ?? 'smtp');
  const [said, setSaid] = useState<Record<string, string>>({ port: '587', tls: 'starttls', ...start });
  const [password, setPassword] = useState('');
  const [perMinute, setPerMinute] = useState(account?.perMinute ?? 60);
  const [isActive, setActive] = useState(account?.isActive ?? true);
  const isSmtp = messenger === 'smtp';
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/message-accounts/{medium}', {
          params: { path: { medium: 'mail' } },
          body: { messenger, settings: isSmtp ? (Object.fromEntries(fields.filter((f) => said[f]).map((f) => [f, said[f]])) as Schema['JsonObject']) : {}, secrets: password && isSmtp ? { password } : null, perMinute, isActive },
          headers: account ? ifMatch(account.version) : {},
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: accountsOptions.queryKey });
      notify(t('account.saved'));
      onClose();
    },
  });
  const faults = byField(save.error);
  const field = (name: (typeof fields)[number], more: { description?: string; placeholder?: string } = {}) => (
    <TextInput label={t(`field.${name}`)} value={said[name] ?? ''} onChange={(e) => setSaid({ ...said, [name]: e.currentTarget.value })} error={faults[`settings/${name}`]} autoComplete="off" {...more} />
  );
  return (
    <FormDialog title={t('account')} confirm={t('save')} onClose={onClose} onSubmit={() => save.mutate()} isPending={save.isPending} error={save.error} shown={[...fields.map((f) => `/settings/${f}`), '/secrets/password', '/perMinute', '/messenger']}>
      <Select label={t('account.how')} value={messenger} allowDeselect={false} onChange={(v) => setMessenger(v ?? 'smtp')} data={['smtp', 'keep'].map((m) => ({ value: m, label: t.maybe(`messenger.${m}`) }))} error={faults['messenger']} data-autofocus />
      {!isSmtp && <p className="sy-muted">{t('account.keepText')}</p>}
      {isSmtp && (
        <>
          <div className={css.fields}>
            {field('host')}
            {field('port')}
          </div>
          <Select label={t('field.tls')} value={said['tls'] ?? 'starttls'} allowDeselect={false} onChange={(v) => setSaid({ ...said, tls: v ?? 'starttls' })} data={['starttls', 'tls', 'none'].map((w) => ({ value: w, label: t.maybe(`tls.${w}`) }))} error={faults['settings/tls']} />
          <div className={css.fields}>
            {field('user')}
            <PasswordInput label={t('field.password')} value={password} onChange={(e) => setPassword(e.currentTarget.value)} placeholder={account?.secretsSet.includes('password') ? t('field.kept') : ''} error={faults['secrets/password']} autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': t('field.showPassword') }} />
          </div>
          <div className={css.fields}>
            {field('from')}
            {field('fromName', { description: t('field.fromNameText') })}
          </div>
          {field('replyTo')}
          <NumberInput label={t('field.perMinute')} value={perMinute} min={1} max={60_000} allowDecimal={false} onChange={(v) => setPerMinute(Number(v) || 1)} error={faults['perMinute']} />
        </>
      )}
      <Switch label={t('account.isOn')} checked={isActive} onChange={(e) => setActive(e.currentTarget.checked)} />
    </FormDialog>
  );
}

function TestDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts(en);
  const [to, setTo] = useState('');
  const test = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/message-accounts/{medium}/test', { params: { path: { medium: 'mail' } }, body: { to } })),
    onSuccess: (done) => {
      notify(t(done.outcome === 'sent' ? 'test.sent' : 'test.kept', { to }));
      onClose();
    },
  });
  return (
    <FormDialog title={t('account.test')} confirm={t('test.send')} onClose={onClose} onSubmit={() => test.mutate()} isPending={test.isPending} error={test.error} shown={['/to']}>
      <TextInput type="email" label={t('test.to')} value={to} onChange={(e) => setTo(e.currentTarget.value)} error={byField(test.error)['to']} data-autofocus />
    </FormDialog>
  );
}
