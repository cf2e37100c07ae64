import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { AskAgain } from './AskAgain.tsx';
import { ChannelFrame } from './ChannelFrame.tsx';
import { channelPage, lagText, type Connection, type Tab } from './channels.ts';
import css from './Channels.module.css';
import { Figure } from './Figure.tsx';
import en from './texts.en.ts';
import { TestPanel } from './TestPanel.tsx';
import { Throughput } from './Throughput.tsx';

/** How a channel fares: what waits, what waits for a person, when it was asked and heard, and how soon it hears of stock. */
export default function HealthPage() {
  return <ChannelFrame tab="health">{(c) => <Health of={c} />}</ChannelFrame>;
}

function Health({ of: c }: { of: Connection }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const { locale } = useSpeech();
  const mayWrite = useMay()('settings:write');
  const [isAsking, setAsking] = useState(false);
  const h = c.health;
  const figure = (name: string, n: number, to?: { tab: Tab; state: string; tone: 'bad' | 'warn' }): ReactNode => (
    <Figure name={name} tone={to && n > 0 ? to.tone : undefined}>
      {to && n > 0 ? (
        <Link to={`${channelPage(c.channel)}/${to.tab}`} search={{ state: to.state } as never} aria-label={`${name}: ${number(n)}`}>
          {number(n)}
        </Link>
      ) : (
        number(n)
      )}
    </Figure>
  );
  return (
    <>
      {h.state === 'failing' && (
        <div className={css.fault} role="alert">
          <strong>{t('failing', { n: h.failures })}</strong>
          {h.said && <span dir="auto">{h.said}</span>}
          {h.failedAt && <span>{t.node('failedAt', { when: <When at={h.failedAt} /> })}</span>}
          <span>{t('failing.kept')}</span>
        </div>
      )}
      <Section title={t('now')}>
        <dl className={`sy-panel ${css.figures}`} data-large>
          {figure(t('figure.orders24'), h.ordersTaken24h)}
          {figure(t('figure.ordersWaiting'), h.ordersWaiting)}
          {figure(t('figure.ordersParked'), h.ordersParked, { tab: 'orders', state: 'parked', tone: 'bad' })}
          {figure(t('figure.tasksWaiting'), h.tasksWaiting)}
          {figure(t('figure.tasksParked'), h.tasksParked, { tab: 'told', state: 'parked', tone: 'bad' })}
          {figure(t('figure.listings'), h.listings)}
          {figure(t('figure.unmatched'), h.unmatched, { tab: 'listings', state: 'unmatched', tone: 'warn' })}
          {figure(t('figure.stockWaiting'), h.stockWaiting)}
          <Figure name={t('figure.p50')}>{lagText(h.stockLag.p50Ms, locale)}</Figure>
          <Figure name={t('figure.p99')}>{lagText(h.stockLag.p99Ms, locale)}</Figure>
        </dl>
        <p className="sy-meta">{h.stockLag.n === 0 ? t('lag.none') : t('lag.about', { n: h.stockLag.n })}</p>
        <Throughput hours={h.ordersByHour} />
      </Section>
      <Section
        title={t('asked')}
        actions={
          mayWrite && c.state === 'live' && (
            <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
              {t('askAgain')}
            </Button>
          )
        }
      >
        <FieldList
          fields={[
            [t('lastAsked'), <When key="a" at={h.lastAskedAt} as="dateTime" />],
            [t('lastHeard'), <When key="h" at={h.lastHeardAt} as="dateTime" />],
            [t('watermark'), <When key="w" at={h.watermark} as="dateTime" />],
            [t('goLive'), c.goLiveAt ? <When key="g" at={c.goLiveAt} as="dateTime" /> : t('goLive.none')],
          ]}
        />
        <TestPanel connection={c} />
      </Section>
      <Section title={t('messages')} beside={t('messages.days')}>
        <FieldList
          fields={[
            [t('messages.taken'), number(h.counts.taken)],
            [t('messages.repeated'), number(h.counts.repeated)],
            [t('messages.stale'), number(h.counts.stale)],
            [t('messages.forged'), number(h.counts.forged)],
            [t('messageUrl'), <Code key="m">{c.messageUrl}</Code>],
          ]}
        />
        <p className="sy-meta">{t('messages.about')}</p>
      </Section>
      {isAsking && <AskAgain connection={c} onClose={() => setAsking(false)} />}
    </>
  );
}
