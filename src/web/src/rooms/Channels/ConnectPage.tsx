import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useNow } from '@house/now.ts';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { AccessForm } from './AccessForm.tsx';
import { AdapterFacts } from './AdapterFacts.tsx';
import { AgreementForm } from './AgreementForm.tsx';
import { adaptersOptions, channelPage, channelsOptions, connectionsOptions, connectPage, isTested, steps } from './channels.ts';
import css from './Channels.module.css';
import { LetIn } from './LetIn.tsx';
import { StartPanel } from './StartPanel.tsx';
import { TestPanel } from './TestPanel.tsx';
import en from './texts.en.ts';

/** Connects a channel in steps: access, a test with the shop shown, what is agreed, start. Each is kept, so that one may go away and come back. */
export default function ConnectPage() {
  const t = useTexts(en);
  const { code = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const now = useNow();
  const [url, setUrl] = useUrlState();
  const adapters = useQuery(adaptersOptions);
  const channels = useQuery(channelsOptions);
  const connections = useQuery(connectionsOptions);
  const connection = connections.data?.find((c) => c.channel === code) ?? null;
  const channel = channels.data?.find((c) => c.code === code);
  const adapter = adapters.data?.find((a) => a.code === (connection?.adapter ?? url['adapter']));
  const error = adapters.error ?? channels.error ?? connections.error;
  const title = t('connectOf', { name: channel?.name ?? code });
  if (!adapters.data || !channels.data || !connections.data)
    return (
      <>
        <PageHead title={title} />
        <div className={css.page}>
          <ProblemAlert error={error} what={t('notLoaded')} again={() => void Promise.all([adapters.refetch(), channels.refetch(), connections.refetch()])} />
        </div>
      </>
    );
  if (!channel) return <EmptyState kind="nothing" isPage title={t('noChannel')} action={<Link to="/channels">{t('allChannels')}</Link>} />;
  // What was not done yet cannot be left out: a step needs the one before it.
  const wanted = steps.find((s) => s === url['step']) ?? (connection === null ? 'access' : 'test');
  const step = connection === null ? 'access' : wanted;
  const go = (to: (typeof steps)[number]) => setUrl({ step: to, authorised: undefined, channel: undefined }, true);
  return (
    <>
      <PageHead title={title} beside={adapter && <bdi className="sy-muted">{adapter.name}</bdi>} />
      <div className={css.page}>
        <ol className={css.steps} aria-label={t('steps')}>
          {steps.map((s) => (
            <li key={s} className={css.step} aria-current={s === step ? 'step' : undefined}>
              {connection !== null && s !== step ? (
                <Link to={connectPage(code)} search={{ step: s } as never}>
                  {t(`step.${s}`)}
                </Link>
              ) : (
                t(`step.${s}`)
              )}
            </li>
          ))}
        </ol>
        {step === 'access' && !connection && (
          <NativeSelect
            label={t('adapter')}
            maw={320}
            value={adapter?.code ?? ''}
            onChange={(e) => setUrl({ adapter: e.currentTarget.value })}
            data={[{ value: '', label: t('chooseAdapter'), disabled: true }, ...adapters.data.map((a) => ({ value: a.code, label: a.name }))]}
          />
        )}
        {step === 'access' && adapter && (
          <Section title={t('step.access')}>
            <AdapterFacts adapter={adapter} />
            <AccessForm key={adapter.code} channel={code} adapter={adapter} connection={connection} confirm={t('saveAndGo')} onSaved={() => go('test')} />
          </Section>
        )}
        {step === 'test' && connection && adapter && (
          <>
            {adapter.authorises && (
              <Section title={t('letIn.title')}>
                <LetIn connection={connection} returnTo={`${connectPage(code)}?step=test`} />
              </Section>
            )}
            <Section title={t('step.test')}>
              <p className="sy-muted">{t('test.about')}</p>
              <TestPanel connection={connection} isFirst={!isTested(connection, now)} />
              <div className={css.buttons}>
                <Button variant={isTested(connection, now) ? 'filled' : 'default'} onClick={() => go('agree')}>
                  {t('goOn')}
                </Button>
              </div>
            </Section>
          </>
        )}
        {step === 'agree' && connection && (
          <Section title={t('step.agree')}>
            <AgreementForm key={connection.version} connection={connection} usual={adapter?.serves ?? null} confirm={t('saveAndGo')} onSaved={() => go('start')} />
          </Section>
        )}
        {step === 'start' && connection && (
          <Section title={t('step.start')}>
            {connection.state === 'live' ? (
              <p>
                {t('isLive')} <Link to={channelPage(code)}>{t('toChannel')}</Link>
              </p>
            ) : (
              <StartPanel connection={connection} onStarted={() => void navigate({ to: channelPage(code) })} />
            )}
          </Section>
        )}
      </div>
    </>
  );
}
