import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { Frame, Row, Rows } from '@rooms/Settings/Frame.tsx';
import { accountPage, accountsOptions, adaptersOptions, type Account } from './accounts.ts';
import css from './Shipping.module.css';
import en from './texts.en.ts';

type Policy = Schema['ShippingSettingsResponse']['policy'];
const policies: Policy[] = ['cheapestInTime', 'cheapest', 'fastest', 'greenest'];

/** The accounts with carriers, whether each works, and how a service is chosen among them. */
export default function AccountsPage() {
  const t = useTexts(en);
  const may = useMay();
  const mayWrite = may('settings:write');
  const accounts = useQuery(accountsOptions);
  const adapters = useQuery(adaptersOptions);
  const make = mayWrite && <Button component={Link} to="/new/carrier-account">{t('accounts.new')}</Button>;
  return (
    <Frame section="carriers" error={accounts.error ?? adapters.error} actions={accounts.data && accounts.data.length > 0 && make}>
      <UsualPolicy />
      {accounts.data?.length === 0 ? (
        <EmptyState kind="first" title={t('accounts.none')} text={t('accounts.noneText')} action={make} />
      ) : (
        <Rows label={t('accounts')}>
          {accounts.data?.map((a) => <One key={a.id} account={a} adapter={adapters.data?.find((c) => c.code === a.adapter)?.name ?? a.adapter} mayWrite={mayWrite} hasAssumptions={(adapters.data?.find((c) => c.code === a.adapter)?.assumptions.length ?? 0) > 0} />)}
        </Rows>
      )}
    </Frame>
  );
}

function One({ account: a, adapter, mayWrite, hasAssumptions }: { account: Account; adapter: string; mayWrite: boolean; hasAssumptions: boolean }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const test = useMutation({ mutationFn: () => ask(api.POST('/api/v1/carrier-accounts/{code}/test', { params: { path: { code: a.code } } })) });
  const used = a.services.filter((s) => !s.isOff).length;
  return (
    <Row
      name={a.name}
      beside={
        <>
          <Status tone={!a.isActive ? 'neutral' : a.isResting ? 'bad' : 'good'}>{t(!a.isActive ? 'account.off' : a.isResting ? 'account.resting' : 'account.on')}</Status>
          {hasAssumptions && <Status tone="warn" isPlain>{t('account.assumed')}</Status>}
        </>
      }
      end={
        <>
          {mayWrite && (
            <Button size="compact-sm" variant="default" loading={test.isPending} onClick={() => test.mutate()} aria-label={t('account.testOf', { name: a.name })}>
              {t('account.test')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" component={Link} to={accountPage(a.code)} aria-label={mayWrite ? t('account.changeOf', { name: a.name }) : `${t('account.show')} · ${a.name}`}>
            {t(mayWrite ? 'account.change' : 'account.show')}
          </Button>
        </>
      }
    >
      {adapter} · <bdi>{a.code}</bdi> · {a.node ? t('account.onlyNode', { node: a.node }) : t('account.allNodes')} · {a.services.length === 0 ? t('account.anyService') : t('account.services', { n: used, of: number(a.services.length) })}
      <span role="status" className={css.tested}>
        {test.data && (
          <Status tone={test.data.works ? 'good' : 'bad'} isPlain>
            {test.data.works ? t('account.works', { ms: number(test.data.durationMs) }) : t.maybe(`fault.${test.data.fault ?? 'unknown'}`)}
            {!test.data.works && test.data.said ? ` ${test.data.said}` : ''}
          </Status>
        )}
      </span>
      <ProblemAlert error={test.error} />
    </Row>
  );
}

/** How services are chosen where nobody says otherwise. */
function UsualPolicy() {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const key = ['shipping-settings'];
  const { data, error } = useQuery({ queryKey: key, queryFn: ({ signal }) => ask(api.GET('/api/v1/shipping-settings', { signal })) });
  const save = useMutation({
    mutationFn: (policy: Policy) => ask(api.PUT('/api/v1/shipping-settings', { body: { policy }, headers: ifMatch(data!.version) })),
    onSuccess: (saved) => {
      queries.setQueryData(key, saved);
      notify(t('policy.saved'));
    },
    onError: () => void queries.invalidateQueries({ queryKey: key }),
  });
  return (
    <>
      {data && (
        <NativeSelect
          label={t('policy')}
          description={t(`policy.${data.policy}.why`)}
          value={data.policy}
          disabled={!may('settings:write') || save.isPending}
          onChange={(e) => save.mutate(e.currentTarget.value as Policy)}
          data={policies.map((p) => ({ value: p, label: t(`policy.${p}`) }))}
          maw={480}
        />
      )}
      <ProblemAlert error={error ?? save.error} />
    </>
  );
}
