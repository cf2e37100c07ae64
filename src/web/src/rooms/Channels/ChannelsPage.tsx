import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Row, Rows } from '@rooms/Settings/Frame.tsx';
import { ChannelDialog, freshChannel } from './ChannelDialog.tsx';
import { channelPage, channelsOptions, connectionsOptions, connectPage, headline, inOrder, lagText, type Channel, type Connection } from './channels.ts';
import css from './Channels.module.css';
import { Figure } from './Figure.tsx';
import { handlingOf } from './handling.ts';
import { useSimulators } from './simulators.ts';
import en from './texts.en.ts';

/** Where orders come from: the shops and marketplaces that are connected and how each fares, and the channels whose orders come another way. */
export default function ChannelsPage() {
  const t = useTexts(en);
  const mayWrite = useMay()('settings:write');
  const channels = useQuery(channelsOptions);
  const connections = useQuery(connectionsOptions);
  const [changed, setChanged] = useState<Channel | null>(null);
  const error = channels.error ?? connections.error;
  const connected = inOrder(connections.data ?? []);
  const others = (channels.data ?? []).filter((c) => !connected.some((k) => k.channel === c.code));
  const isLoaded = channels.data !== undefined && connections.data !== undefined;
  const connect = mayWrite && <Button component={Link} to="/new/connection">{t('connect')}</Button>;
  return (
    <>
      <PageHead
        title={t('channels')}
        actions={
          mayWrite && (
            <>
              <Button variant="default" onClick={() => setChanged(freshChannel)}>
                {t('channels.new')}
              </Button>
              {connected.length > 0 && connect}
            </>
          )
        }
      />
      <div className={css.page}>
        <p className={css.about}>{t('channels.about')}</p>
        {error && <ProblemAlert error={error} what={t('notLoaded')} again={() => void Promise.all([channels.refetch(), connections.refetch()])} />}
        {isLoaded && connected.length === 0 && <EmptyState kind="first" title={t('none')} text={t('noneText')} action={connect} />}
        {connected.length > 0 && (
          <Section title={t('connected')}>
            <ul className={css.list} aria-label={t('connected')}>
              {connected.map((c) => (
                <Connected key={c.id} of={c} />
              ))}
            </ul>
          </Section>
        )}
        {isLoaded && others.length > 0 && (
          <Section title={t('others')}>
            <Rows label={t('others')}>
              {others.map((c) => (
                <Row
                  key={c.code}
                  name={c.name}
                  beside={<bdi className="sy-code sy-muted">{c.code}</bdi>}
                  end={
                    mayWrite && (
                      <>
                        <Button size="compact-sm" variant="default" component={Link} to={connectPage(c.code)} aria-label={t('connectOf', { name: c.name })}>
                          {t('connectShort')}
                        </Button>
                        {/* An amount that one may not see cannot be sent back as it was. */}
                        {typeof (c.splitPenaltyMinor as number | undefined) === 'number' && (
                          <Button size="compact-sm" variant="default" aria-label={t('channels.changeOf', { name: c.name })} onClick={() => setChanged(c)}>
                            {t('change')}
                          </Button>
                        )}
                      </>
                    )
                  }
                >
                  {handlingOf(c, t)}
                </Row>
              ))}
            </Rows>
          </Section>
        )}
      </div>
      {changed && <ChannelDialog key={changed.code} channel={changed} taken={(channels.data ?? []).map((c) => c.code.toLowerCase())} onClose={() => setChanged(null)} />}
    </>
  );
}

/** A connection in a row: its state, what it says when it fails, and four figures. */
function Connected({ of: c }: { of: Connection }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const { locale } = useSpeech();
  const { key, tone } = headline(c);
  const h = c.health;
  const parked = h.ordersParked + h.tasksParked;
  const isSimulated = useSimulators().some((s) => s.channel === c.channel);
  return (
    <li className={css.channel}>
      <div className={css.name}>
        <span className="sy-row sy-row-wrap">
          <Link to={channelPage(c.channel)}>
            <bdi>{c.channelName}</bdi>
          </Link>
          <Status tone={tone}>{t(key)}</Status>
        </span>
        <span className="sy-muted">
          <bdi>{c.adapterName}</bdi>
          {isSimulated && (
            <>
              {' · '}
              <Link to={`${channelPage(c.channel)}/simulator`}>{t('sim.isOne')}</Link>
            </>
          )}
          {h.lastHeardAt && <> · {t.node('heard', { when: <When at={h.lastHeardAt} /> })}</>}
        </span>
        {h.state === 'failing' && h.said && (
          <span className={css.said} dir="auto">
            {h.said}
          </span>
        )}
      </div>
      <dl className={css.figures}>
        <Figure name={t('figure.orders24')}>{number(h.ordersTaken24h)}</Figure>
        <Figure name={t('figure.parked')} tone={parked > 0 ? 'bad' : undefined}>
          {parked === 0 ? number(0) : <Link to={h.ordersParked > 0 ? `${channelPage(c.channel)}/orders` : `${channelPage(c.channel)}/told`} search={{ state: 'parked' } as never} aria-label={t('parkedOf', { n: parked, name: c.channelName })}>{number(parked)}</Link>}
        </Figure>
        <Figure name={t('figure.unmatched')} tone={h.unmatched > 0 ? 'warn' : undefined}>
          {h.unmatched === 0 ? number(0) : <Link to={`${channelPage(c.channel)}/listings`} search={{ state: 'unmatched' } as never} aria-label={t('unmatchedOf', { n: h.unmatched, name: c.channelName })}>{number(h.unmatched)}</Link>}
        </Figure>
        <Figure name={t('figure.lag')}>{h.stockLag.n === 0 ? '–' : t('lag.both', { half: lagText(h.stockLag.p50Ms, locale), most: lagText(h.stockLag.p99Ms, locale) })}</Figure>
      </dl>
    </li>
  );
}
