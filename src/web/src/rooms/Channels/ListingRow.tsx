import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { Row } from '@rooms/Settings/Frame.tsx';
import { listingTones, type Listing } from './channels.ts';
import css from './Channels.module.css';
import en from './texts.en.ts';
import { listingOptions, useWriteListing, type ListingChange } from './useListing.ts';

/** A listing: its product and what it shows, or the products it may be of, one of which is taken with a tap. */
export function ListingRow({ of: l, channel, mayWrite, onOpen }: { of: Listing; channel: string; mayWrite: boolean; onOpen: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const name = l.title || l.listedSku || l.id;
  // An undo writes over what the act made, whatever version that has.
  const putBack = (change: ListingChange) => async () => {
    await ask(api.PATCH('/api/v1/connections/{channel}/listings/{listing}', { params: { path: { channel, listing: l.id } }, body: change as never }));
    await queries.invalidateQueries({ queryKey: ['connections'] });
  };
  const write = useWriteListing(channel, l, (_saved, change) => {
    if (change.sku) notify(t('listing.matched', { name, sku: change.sku }), putBack({ sku: null }));
    else if (change.isIgnored) notify(t('listing.ignored', { name }), putBack({ isIgnored: false }));
    else if (change.isStopped !== undefined) notify(t(change.isStopped ? 'listing.stopped' : 'listing.sold', { name }), putBack({ isStopped: !change.isStopped }));
  });
  const isOpen = l.state === 'unmatched';
  return (
    <Row
      name={name}
      beside={
        <>
          <Status tone={listingTones[l.state]}>{t(`listing.state.${l.state}`)}</Status> {l.sku !== null && <Link to={`/catalogue/${encodeURIComponent(l.sku)}`} className="sy-code">{l.sku}</Link>} {l.unitsEach > 1 && <span className="sy-muted">{t('listing.each', { n: l.unitsEach })}</span>}
        </>
      }
      end={
        mayWrite && (
          <>
            {isOpen && (
              <Button size="compact-sm" variant="default" disabled={write.isPending} aria-label={t('listing.ignoreOf', { name })} onClick={() => write.mutate({ isIgnored: true })}>
                {t('listing.ignore')}
              </Button>
            )}
            {l.sku !== null && (
              <Button size="compact-sm" variant="default" disabled={write.isPending} aria-label={t(l.isStopped ? 'listing.sellOf' : 'listing.stopOf', { name })} onClick={() => write.mutate({ isStopped: !l.isStopped })}>
                {t(l.isStopped ? 'listing.sell' : 'listing.stop')}
              </Button>
            )}
            <Button size="compact-sm" variant="default" aria-label={t(isOpen ? 'listing.chooseOf' : 'listing.changeOf', { name })} onClick={onOpen}>
              {t(isOpen ? 'listing.choose' : 'change')}
            </Button>
          </>
        )
      }
    >
      {[
        l.listedSku && t('listing.theirSku', { sku: l.listedSku }),
        l.barcode && t('listing.barcode', { code: l.barcode }),
        l.sku !== null && t(`listing.by.${l.matched}`),
        l.told !== null && t('listing.told', { n: l.told }),
        l.shows !== null && l.shows !== l.told && t('listing.shows', { n: l.shows }),
        l.buffer > 0 && t('listing.keeps', { n: l.buffer }),
        l.sharePercent < 100 && t('listing.shares', { n: l.sharePercent }),
        l.most !== null && t('listing.atMost', { n: l.most }),
      ]
        .filter(Boolean)
        .join(' · ')}
      {l.toldAt && <> · <When at={l.toldAt} /></>}
      {l.said && (
        <span className={css.said} dir="auto">
          {' '}
          {l.said}
        </span>
      )}
      {isOpen && mayWrite && <Suggestions channel={channel} id={l.id} isBusy={write.isPending} onTake={(sku) => write.mutate({ sku })} />}
      <ProblemAlert error={write.error} what={t('listing.notSaved')} />
    </Row>
  );
}

function Suggestions({ channel, id, isBusy, onTake }: { channel: string; id: string; isBusy: boolean; onTake: (sku: string) => void }) {
  const t = useTexts(en);
  const { data } = useQuery(listingOptions(channel, id));
  const found = data?.suggestions ?? [];
  if (found.length === 0) return null;
  return (
    <span className={css.suggestions}>
      <span>{t('suggestions')}</span>
      {found.slice(0, 3).map((s) => (
        <Button key={s.sku} size="compact-sm" variant="default" disabled={isBusy} aria-label={t('suggestions.take', { sku: s.sku })} title={s.name} onClick={() => onTake(s.sku)}>
          <bdi className="sy-code">{s.sku}</bdi>
        </Button>
      ))}
    </span>
  );
}
