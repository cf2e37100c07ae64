import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { IconExternalLink } from '@house/icons.ts';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ChannelFrame } from './ChannelFrame.tsx';
import { channelPage, type Connection } from './channels.ts';
import { SimulatedCalls } from './SimulatedCalls.tsx';
import { SimulatedOrders } from './SimulatedOrders.tsx';
import { stateOptions, useSimulators, type Simulator } from './simulators.ts';
import en from './texts.en.ts';

/** Of a demo: what happens in the simulated shop that a channel is at, and how it behaves. */
export default function SimulatorPage() {
  return <ChannelFrame tab="simulator">{(c) => <Of channel={c} />}</ChannelFrame>;
}

function Of({ channel }: { channel: Connection }) {
  const t = useTexts(en);
  const simulator = useSimulators().find((s) => s.channel === channel.channel);
  if (!simulator) return <EmptyState kind="nothing" title={t('sim.none')} text={t('sim.noneText')} action={<Link to={channelPage(channel.channel)}>{t('toChannel')}</Link>} />;
  return <Shop of={simulator} />;
}

function Shop({ of: s }: { of: Simulator }) {
  const t = useTexts(en);
  const { data, error, refetch } = useQuery(stateOptions(s.name));
  const control = new URL('/_control', s.baseUrl);
  control.hash = s.name;
  return (
    <>
      <p className="sy-muted">
        {t('sim.about', { shop: s.shop })}{' '}
        <a href={control.href} target="_blank" rel="noreferrer">
          {t('sim.control')} <IconExternalLink size={14} aria-hidden />
        </a>
      </p>
      <ProblemAlert error={error} what={t('notLoaded')} again={() => void refetch()} />
      {data && (
        <>
          <SimulatedOrders name={s.name} state={data} />
          <SimulatedCalls name={s.name} state={data} />
        </>
      )}
    </>
  );
}
