import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import { ClaimCard } from './ClaimCard.tsx';
import { Frame } from './Frame.tsx';
import { Journey } from './Journey.tsx';
import { LabelActs } from './LabelActs.tsx';
import { QuoteTable } from './QuoteTable.tsx';
import css from './Shipping.module.css';
import { dayOf, labelOptions, parcelOptions, stepsOf, trackingOptions, type Parcel } from './shipping.ts';
import { Stage } from './Stage.tsx';
import en from './texts.en.ts';
import { useLabelActs } from './useLabelActs.ts';

/** One parcel: where it is, how its service was chosen, what can be done, and what the carrier owes for it. */
export default function ParcelPage() {
  const t = useTexts(en);
  const { id = '' } = useParams({ strict: false });
  const { number } = useFormat();
  const methodName = useMethodName();
  const [failed, setFailed] = useState<unknown>(null);
  const { data: parcel, error, refetch } = useQuery({ ...parcelOptions(id), refetchInterval: 15_000 });
  const label = useQuery({ ...labelOptions(parcel?.label?.id ?? ''), enabled: parcel?.label != null, refetchInterval: 15_000 });
  const tracking = useQuery({ ...trackingOptions(parcel?.label?.id ?? ''), enabled: parcel?.label != null, refetchInterval: 15_000 });

  if (error instanceof ApiError && error.status === 404)
    return <Frame section="parcels" title={t('notFound')}><EmptyState kind="nothing" title={t('notFound.text')} action={<Link to="/shipping">{t('notFound.back')}</Link>} /></Frame>;
  if (!parcel) return <Frame section="parcels" title={t('parcels')}>{error && <div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div>}</Frame>;
  const zone = parcel.timeZone;
  const l = parcel.label;
  return (
    <Frame section="parcels" title={t('parcelOf', { n: parcel.package, order: parcel.orderNumber })} beside={<Stage parcel={parcel} />} actions={<LabelActs parcel={parcel} onError={setFailed} />}>
      <div className={css.page}>
        <ProblemAlert error={failed ?? error} what={failed ? t('notDone') : undefined} />
        {l?.state === 'failed' && (
          <div className={css.fault} role="alert">
            <strong>{t('failed.title')}</strong>
            <span dir="auto">{l.fault}</span>
            <span>{t('failed.text')}</span>
          </div>
        )}
        {l?.state === 'wanted' && l.fault && (
          <div className={css.fault} data-tone="warn" role="status">
            <strong>{t('waiting.title', { n: l.tries })}</strong>
            <span dir="auto">{l.fault}</span>
          </div>
        )}
        <div className={css.columns}>
          <div className={css.main}>
            <Section title={t('journey')}>
              {l && tracking.error ? <ProblemAlert error={tracking.error} again={() => void tracking.refetch()} /> : <Journey label={t('journey')} steps={stepsOf(parcel, label.data, tracking.data)} zone={zone} />}
            </Section>
            <Section title={t('decision')}>
              {label.data?.decision ? (
                <QuoteTable label={t('decision')} decision={label.data.decision} zone={zone} taken={label.data.account ? { account: label.data.account, service: label.data.service } : null} />
              ) : (
                <p className="sy-muted">{t(l ? 'decision.none' : 'decision.notYet')}</p>
              )}
            </Section>
            <AskAnew parcel={parcel} />
          </div>
          <div className={css.side}>
            {(parcel.state === 'lost' || l?.isLost) && <ClaimCard parcel={parcel} />}
            <Section title={t('facts')} isSide>
              <FieldList
                fields={[
                  [t('tracking'), parcel.tracking && <Code key="t">{parcel.tracking}</Code>],
                  [t('trackingPage'), l?.trackingUrl && /^https:/.test(l.trackingUrl) && <a key="u" href={l.trackingUrl} target="_blank" rel="noreferrer">{t('trackingPage.open')}</a>],
                  [t('order'), <Link key="o" to={`/orders/${parcel.order}`}>#{parcel.orderNumber}</Link>],
                  [t('release'), parcel.release],
                  [t('node'), parcel.node],
                  [t('carrier'), parcel.carrier],
                  [t('service'), parcel.service],
                  [t('bought'), parcel.method && methodName(parcel.method)],
                  [t('cost'), l?.costMinor != null && <Money key="c" minor={l.costMinor} currency={l.currency ?? 'GBP'} />],
                  [t('promisedBy'), parcel.promisedBy && <When key="p" at={parcel.promisedBy} as="dateTime" zone={zone} />],
                  [t('eta'), l?.eta && <When key="e" at={dayOf(l.eta)} as="date" zone={zone} />],
                  [t('weight'), parcel.weightGrams !== null && t('kg', { n: number(parcel.weightGrams / 1000) })],
                  [t('to'), [parcel.toCountry, parcel.toPostcode].filter(Boolean).join(' ')],
                  [t('manifest'), l?.manifest && <Link key="m" to={`/shipping/manifests/${l.manifest}`}>{t('manifest.open')}</Link>],
                  [t('zone'), zone],
                ]}
              />
            </Section>
            <Earlier parcel={parcel} />
          </div>
        </div>
      </div>
    </Frame>
  );
}

/** What carriers would take now; one of them is booked in the place of what failed. */
function AskAnew({ parcel }: { parcel: Parcel }) {
  const t = useTexts(en);
  const may = useMay();
  const { book } = useLabelActs();
  const quotes = useMutation({ mutationFn: () => ask(api.POST('/api/v1/packages/{id}/quotes', { params: { path: { id: parcel.id } }, body: {} })) });
  const state = parcel.label?.state;
  if (parcel.state !== 'labelled' || !may('fulfilment:work') || state === 'manifested' || state === 'voiding') return null;
  return (
    <Section
      title={t('quotes')}
      actions={
        <Button size="compact-sm" variant="default" loading={quotes.isPending} onClick={() => quotes.mutate()}>
          {t(quotes.data ? 'quotes.again' : 'quotes.ask')}
        </Button>
      }
    >
      <p className={css.about}>{t(state === 'booked' ? 'quotes.instead' : 'quotes.about')}</p>
      <ProblemAlert error={quotes.error ?? book.error} />
      {quotes.data && (
        <QuoteTable
          label={t('quotes')}
          decision={quotes.data}
          zone={parcel.timeZone}
          isBooking={book.isPending}
          onBook={(q) => book.mutate({ parcel: parcel.id, account: q.account, service: q.service ?? undefined, instead: parcel.label?.id }, { onSuccess: () => quotes.reset() })}
        />
      )}
    </Section>
  );
}

/** Labels that this parcel had before. */
function Earlier({ parcel }: { parcel: Parcel }) {
  const t = useTexts(en);
  const { data } = useQuery({
    queryKey: ['parcels', parcel.id, 'labels'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/labels', { params: { query: { package: parcel.id, limit: 20 } }, signal })),
    retry: false,
  });
  const gone = data?.data.filter((l) => l.id !== parcel.label?.id) ?? [];
  if (gone.length === 0) return null;
  return (
    <Section title={t('earlier')} isSide>
      <ul className={css.list}>
        {gone.map((l) => (
          <li key={l.id}>
            <span className={css.name}>
              <bdi className="sy-code">{l.tracking ?? '–'}</bdi>
              <span className="sy-meta">{[l.account, l.service].filter(Boolean).join(' · ')}</span>
            </span>
            <span className="sy-muted">{t.maybe(`label.${l.state}`)}</span>
            <When at={l.createdAt} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
