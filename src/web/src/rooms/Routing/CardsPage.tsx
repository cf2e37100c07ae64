import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconUpload } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { cardPage, cardsOptions } from './cards.ts';
import { Frame } from './Frame.tsx';
import css from './Routing.module.css';
import en from './texts.en.ts';

/** What carriers charge: each card is a carrier's prices by service, zone and weight. */
export default function CardsPage() {
  const t = useTexts(en);
  const may = useMay();
  const { data, error, refetch } = useQuery(cardsOptions);
  const make = may('nodes:write') && (
    <Button component={Link} {...({ to: '/new/rate-card' } as object)} leftSection={<IconUpload size={16} aria-hidden />}>
      {t('card.new')}
    </Button>
  );
  return (
    <Frame section="cards" error={error} again={() => void refetch()} actions={make}>
      {data?.length === 0 && <EmptyState kind="first" title={t('cards.none')} text={t('cards.noneText')} action={make} />}
      {data && data.length > 0 && (
        <ul className={css.rows} aria-label={t('cards')}>
          {data.map((c) => (
            <li key={c.code} className={css.row}>
              <div className={css.rowMain}>
                <Link to={cardPage(c.code) as string} className={css.rowLink}><bdi>{c.name}</bdi></Link>
                <span className="sy-muted">
                  <bdi>{c.carrier}</bdi> · {c.currency} · {t('card.counts', { services: c.serviceCount, zones: c.zoneCount, rates: c.rateCount })}
                </span>
              </div>
              <span className={css.states}>
                {c.nodes.length > 0 ? <Status tone="good">{t('card.usedBy', { nodes: c.nodes.join(', ') })}</Status> : <Status tone="neutral">{t('card.unused')}</Status>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Frame>
  );
}
