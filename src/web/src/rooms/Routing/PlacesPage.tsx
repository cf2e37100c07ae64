import { Button, Modal, Select, TextInput, Textarea } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import { allZonesOptions, zonePage } from '@rooms/Nodes/zones.ts';
import { containing } from './areas.ts';
import { Frame } from './Frame.tsx';
import { kmBetween, placesIn, placesText, type Place } from './places.ts';
import css from './Routing.module.css';
import en from './texts.en.ts';
import { useOffers } from './useOffers.ts';

const pageSize = 250;

const usePlaces = (country: string, isOn: boolean) =>
  useInfiniteQuery({
    queryKey: ['routing', 'places', country],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/routing/places/{country}', { params: { path: { country }, query: { limit: pageSize, ...(pageParam !== null ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: isOn,
  });

/** Where places are: in which delivery zone a postcode is, and how far that is from the nodes. */
export default function PlacesPage() {
  const t = useTexts(en);
  const may = useMay();
  const offers = useOffers();
  const zones = useQuery(allZonesOptions);
  const { data: nodes } = useQuery(allNodesOptions);
  // Where the house itself is.
  const known = nodes?.find((n) => n.country)?.country ?? zones.data?.flatMap((z) => z.areas.map((a) => a.country)).find(Boolean) ?? 'GB';
  const [chosen, setCountry] = useState<string | null>(null);
  const country = chosen ?? known;
  const [postcode, setPostcode] = useState('');
  const sees = may('settings:read');
  const places = usePlaces(country, sees);
  const list = places.data?.pages.flatMap((p) => p.data) ?? [];
  return (
    <Frame section="zones" error={zones.error} again={() => void zones.refetch()}>
      <div className={css.split}>
        <div className={css.column}>
          <Section title={t('zones.list')} beside={zones.data?.length ?? null} actions={<Button component={Link} to="/zones" size="compact-sm" variant="default">{t('zones.open')}</Button>}>
            {zones.data?.length === 0 ? (
              <EmptyState kind="first" title={t('zones.none')} text={t('zones.noneText')} action={may('nodes:write') && <Button component={Link} {...({ to: '/new/zone' } as object)}>{t('zones.new')}</Button>} />
            ) : (
              <ul className={css.rows} aria-label={t('zones.list')}>
                {zones.data?.map((z) => (
                  <li key={z.code} className={css.row}>
                    <div className={css.rowMain}>
                      <Link to={zonePage(z.code)} className={css.rowLink}><bdi>{z.name}</bdi></Link>
                      <span className="sy-muted"><bdi className="sy-code">{z.code}</bdi> · {areaWords(z.areas)}</span>
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </Section>
          {sees && <Places key={country} country={country} list={list} hasMore={places.hasNextPage} more={() => void places.fetchNextPage()} error={places.error} isKnown={places.data !== undefined} />}
        </div>
        <Section title={t('where')}>
          <div className={css.panel}>
            <Select label={t('country')} value={country} data={offers.country} searchable allowDeselect={false} onChange={(v) => v && setCountry(v)} />
            <TextInput label={t('postcode')} value={postcode} maxLength={20} onChange={(e) => setPostcode(e.currentTarget.value)} />
            <Where country={country} postcode={postcode} zones={zones.data ?? []} places={list} isPlaced={sees} />
          </div>
        </Section>
      </div>
    </Frame>
  );
}

const mostNamed = 8;
const areaWords = (areas: readonly Schema['WriteZoneArea'][]): string => {
  const said = areas.map((a) => [a.country, a.postcodePrefix].filter(Boolean).join(' '));
  return said.length > mostNamed ? `${said.slice(0, mostNamed).join(', ')} +${said.length - mostNamed}` : said.join(', ');
};

/** One place: its zone, its position, and the nodes from the nearest on. */
function Where({ country, postcode, zones, places, isPlaced }: { country: string; postcode: string; zones: Schema['WriteZoneResponse'][]; places: Place[]; isPlaced: boolean }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const { data: nodes = [] } = useQuery(allNodesOptions);
  const [zone] = containing(zones, (z) => z.areas, country, postcode);
  const [place] = containing(places, (p) => [{ country, postcodePrefix: p.prefix ?? '' }], country, postcode);
  const at = place && typeof place.thing.latitude === 'number' && typeof place.thing.longitude === 'number' ? { latitude: place.thing.latitude, longitude: place.thing.longitude } : null;
  const near = at ? nodes.flatMap((n) => (n.position ? [{ code: n.code, name: n.name, km: Math.round(kmBetween(at, n.position)) }] : [])).sort((a, b) => a.km - b.km) : [];
  return (
    <div role="status">
      <dl className={css.facts}>
      <dt>{t('where.zone')}</dt>
      <dd>{zone ? <>{t.node('where.by', { zone: <Link to={zonePage(zone.thing.code)}>{zone.thing.name}</Link>, by: zone.by === '' ? t('where.country') : zone.by })}</> : t('where.noZone')}</dd>
      {isPlaced && (
        <>
          <dt>{t('where.place')}</dt>
          <dd>{at ? t('where.at', { by: place!.by === '' ? t('where.country') : place!.by, latitude: number(at.latitude), longitude: number(at.longitude) }) : t('where.noPlace')}</dd>
        </>
      )}
      {near.length > 0 && (
        <>
          <dt>{t('where.near')}</dt>
          <dd>
            <ol className={css.near}>
              {near.slice(0, 8).map((n) => (
                <li key={n.code}>
                  <Link to={`/nodes/${encodeURIComponent(n.code)}` as string}>{n.code}</Link> <span className="sy-muted">{n.name}</span> <span className={css.km}>{t('try.km', { km: number(n.km) })}</span>
                </li>
              ))}
            </ol>
          </dd>
        </>
      )}
      </dl>
    </div>
  );
}

/** Positions by the beginnings of postcodes: strategies that go by distance need them. */
function Places({ country, list, hasMore, more, error, isKnown }: { country: string; list: Place[]; hasMore: boolean; more: () => void; error: unknown; isKnown: boolean }) {
  const t = useTexts(en);
  const may = useMay();
  const { locale } = useSpeech();
  const { number } = useFormat();
  const [isWriting, setWriting] = useState(false);
  const name = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(country) ?? country;
  return (
    <Section title={t('places.of', { country: name })} beside={list.length > 0 ? `${list.length}${hasMore ? '+' : ''}` : null} actions={may('settings:write') && !hasMore && isKnown && <Button size="compact-sm" variant="default" onClick={() => setWriting(true)}>{t('places.write')}</Button>}>
      <ProblemAlert error={error} />
      {isKnown && list.length === 0 ? (
        <p className="sy-muted">{t('places.none')}</p>
      ) : (
        <ScrollPanel label={t('places.of', { country: name })}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('places.prefix')}</th>
                <th scope="col" className={css.end}>{t('places.latitude')}</th>
                <th scope="col" className={css.end}>{t('places.longitude')}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((p) => (
                <tr key={p.prefix ?? ''}>
                  <th scope="row">{p.prefix ? <bdi className="sy-code">{p.prefix}</bdi> : t('where.country')}</th>
                  <td className={css.end}>{number(p.latitude ?? 0)}</td>
                  <td className={css.end}>{number(p.longitude ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollPanel>
      )}
      {hasMore && <Button variant="default" size="compact-sm" onClick={more}>{t('places.more')}</Button>}
      {isWriting && <WritePlaces country={country} name={name} list={list} onClose={() => setWriting(false)} />}
    </Section>
  );
}

function WritePlaces({ country, name, list, onClose }: { country: string; name: string; list: Place[]; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [text, setText] = useState(() => placesText(list));
  const read = placesIn(text);
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/routing/places/{country}', { params: { path: { country } }, body: { places: read.places } })),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['routing', 'places'] });
      notify(t('places.saved', { n: saved.count, country: name }));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('places.of', { country: name })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (read.wrong.length === 0) save.mutate();
        }}
      >
        <Textarea label={t('places.text')} description={t('places.textText')} value={text} onChange={(e) => setText(e.currentTarget.value)} autosize minRows={8} maxRows={18} spellCheck={false} dir="ltr" error={read.wrong.length > 0 ? t('places.wrong', { lines: read.wrong.slice(0, 10).join(', ') }) : undefined} data-autofocus />
        <ProblemAlert error={save.error} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>{t('back')}</Button>
          <Button type="submit" loading={save.isPending}>{t('places.save', { n: read.places.length })}</Button>
        </div>
      </form>
    </Modal>
  );
}
