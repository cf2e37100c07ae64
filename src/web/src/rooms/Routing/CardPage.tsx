import { Button, Modal, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconDownload, IconTrash, IconUpload } from '@house/icons.ts';
import { major, minorOf } from '@house/i18n/money.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { DraftForm } from '@house/parts/DraftForm.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { FileButton } from '@house/parts/FileButton.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { useDraftForm } from '@house/useDraftForm.ts';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import { cardOptions, cardsOptions, cellOf, gridsOf, pricesAt, type Card, type Grid } from './cards.ts';
import css from './Card.module.css';
import routing from './Routing.module.css';
import en from './texts.en.ts';
import { useOffers } from './useOffers.ts';

/** A rate card: prices as tables of zones and weights, what a parcel would cost, and who sends by it. */
export default function CardPage() {
  const t = useTexts(en);
  const { code = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(cardOptions(code));
  if (error instanceof ApiError && error.status === 404)
    return (
      <>
        <PageHead title={t('cards')} />
        <EmptyState kind="nothing" title={t('card.notFound')} text={t('card.notFoundText')} action={<Link to={'/routing/rate-cards' as string}>{t('card.all')}</Link>} />
      </>
    );
  if (error && !data) return <div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div>;
  return data ? <Editor key={data.code} card={data} /> : null;
}

/** Prices as they are typed, by service, zone and weight. */
interface Draft {
  name: string;
  carrier: string;
  prices: Record<string, string>;
}

const priceKey = (r: { service: string; zone: string; upToGrams: number }) => JSON.stringify([r.service, r.zone, r.upToGrams]);

function Editor({ card }: { card: Card }) {
  const t = useTexts(en);
  const may = useMay();
  const { locale } = useSpeech();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<'nodes' | 'remove' | null>(null);
  // Whoever sees no prices has none to change.
  const seesPrices = card.rates.every((r) => typeof (r.priceMinor as number | undefined) === 'number');
  const canWrite = may('nodes:write') && seesPrices;
  const typed = (minor: number) => major(minor, card.currency).replace('.', new Intl.NumberFormat(locale).formatToParts(1.5).find((p) => p.type === 'decimal')?.value ?? '.');
  const draftOf = (c: Card): Draft => ({ name: c.name, carrier: c.carrier, prices: Object.fromEntries(c.rates.map((r) => [priceKey(r), typeof (r.priceMinor as number | undefined) === 'number' ? typed(r.priceMinor) : ''])) });
  const form = useDraftForm<Draft, Card>({
    name: `rate-card/${card.code}`,
    stored: { draft: draftOf(card), version: card.version },
    faultsOf: (d) => ({
      ...(d.name.trim() === '' ? { name: t('fault.name') } : {}),
      ...(d.carrier.trim() === '' ? { carrier: t('fault.carrier') } : {}),
      ...Object.fromEntries(Object.entries(d.prices).filter(([, text]) => (minorOf(text, card.currency, locale) ?? -1) < 0).map(([key]) => [key, t('fault.amount')])),
    }),
    save: ({ draft, version }) =>
      ask(
        api.PUT('/api/v1/rate-cards/{code}', {
          params: { path: { code: card.code } },
          body: { name: draft.name.trim(), carrier: draft.carrier.trim(), currency: card.currency, areas: card.areas, rates: card.rates.map((r) => ({ ...r, priceMinor: minorOf(draft.prices[priceKey(r)] ?? '', card.currency, locale) ?? 0 })) },
          headers: ifMatch(version!),
        }),
      ),
    onSaved: (saved, _, begin) => {
      begin(draftOf(saved), saved.version);
      queries.setQueryData(cardOptions(card.code).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['rate-cards', 'all'] });
      notify(t('card.saved'));
    },
    read: async () => {
      const fresh = await queries.fetchQuery({ ...cardOptions(card.code), staleTime: 0 });
      return { draft: draftOf(fresh), version: fresh.version };
    },
  });
  const { draft, faults } = form;
  const grids = gridsOf(card.rates);
  return (
    <>
      <DraftForm
        form={form}
        title={form.kept.start.name}
        beside={<Code>{card.code}</Code>}
        actions={
          <>
            {seesPrices && <FileButton path={`/api/v1/rate-cards/${encodeURIComponent(card.code)}/sheet`} save variant="default" leftSection={<IconDownload size={16} aria-hidden />}>{t('card.download')}</FileButton>}
            {canWrite && <Button component={Link} {...({ to: `/routing/rate-cards/${encodeURIComponent(card.code)}/import` } as object)} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>{t('card.import')}</Button>}
            {may('nodes:write') && <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setDialog('remove')}>{t('remove')}</Button>}
          </>
        }
        confirm={t('card.save')}
        away="/routing/rate-cards"
        notSaved={t('card.notSaved')}
        shownAt={/^(name|carrier)$/}
        clash={{
          of: ['rate-cards', card.code],
          nameOf: (field) => (field === 'name' ? t('name') : field === 'carrier' ? t('carrier') : (JSON.parse(field) as [string, string, number]).slice(0, 2).join(', ')),
          split: ({ name, carrier, prices }) => ({ name, carrier, ...prices }),
          join: ({ name, carrier, ...prices }) => ({ name: name as string, carrier: carrier as string, prices: prices as Record<string, string> }),
        }}
      >
        <div className={css.page}>
          <fieldset className={css.names} disabled={!canWrite}>
            <TextInput label={t('name')} value={draft.name} maxLength={200} onChange={(e) => form.change({ name: e.currentTarget.value })} error={faults['name']} />
            <TextInput label={t('carrier')} value={draft.carrier} maxLength={64} onChange={(e) => form.change({ carrier: e.currentTarget.value })} error={faults['carrier']} />
          </fieldset>
          {grids.map((grid) => (
            <Section key={`${grid.method}/${grid.service}`} title={grid.service} beside={t('card.gridOf', { method: grid.method, currency: card.currency })}>
              <Prices grid={grid} draft={draft} faults={faults} isReadOnly={!canWrite} onPrice={(key, text) => form.change({ prices: { ...draft.prices, [key]: text } })} />
            </Section>
          ))}
        </div>
      </DraftForm>
      <div className={css.more}>
        {seesPrices && <Tester card={card} />}
        <Users card={card} canWrite={may('nodes:write')} onChange={() => setDialog('nodes')} />
        <Zones card={card} />
      </div>
      {dialog === 'nodes' && <UseCard card={card} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && <RemoveCard card={card} onClose={() => setDialog(null)} />}
    </>
  );
}

/** The prices of one service: a row a zone, a column a weight. */
function Prices({ grid, draft, faults, isReadOnly, onPrice }: { grid: Grid; draft: Draft; faults: Record<string, string>; isReadOnly: boolean; onPrice: (key: string, text: string) => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const upTo = (grams: number) => t('card.upTo', { kg: number(grams / 1000) });
  return (
    <ScrollPanel label={grid.service}>
      <table className={`${routing.table} ${css.prices}`}>
        <thead>
          <tr>
            <th scope="col">{t('card.zone')}</th>
            <th scope="col" className={routing.end}>{t('card.days')}</th>
            {grid.grams.map((g) => <th key={g} scope="col" className={routing.end}>{upTo(g)}</th>)}
          </tr>
        </thead>
        <tbody>
          {grid.zones.map((zone) => (
            <tr key={zone}>
              <th scope="row"><bdi>{zone}</bdi></th>
              <td className={routing.end}>{grid.grams.map((g) => grid.at.get(cellOf(zone, g))?.transitDays).find((d) => d !== undefined)}</td>
              {grid.grams.map((g) => {
                const rate = grid.at.get(cellOf(zone, g));
                if (!rate) return <td key={g} className={routing.end}><span className="sy-muted">–</span></td>;
                const key = priceKey(rate);
                return (
                  <td key={g} className={routing.end}>
                    {isReadOnly ? (
                      draft.prices[key] || '–'
                    ) : (
                      <TextInput classNames={{ input: css.price! }} aria-label={t('card.priceOf', { zone, weight: upTo(g) })} inputMode="decimal" value={draft.prices[key] ?? ''} onChange={(e) => onPrice(key, e.currentTarget.value)} error={faults[key]} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollPanel>
  );
}

/** What a parcel to a place would cost. */
function Tester({ card }: { card: Card }) {
  const t = useTexts(en);
  const offers = useOffers();
  const first = card.areas.find((a) => a.country);
  const [country, setCountry] = useState(first?.country ?? 'GB');
  const [postcode, setPostcode] = useState('');
  const [kg, setKg] = useState<number | ''>(1);
  const found = pricesAt(card, country, postcode, Math.round(Number(kg) * 1000));
  return (
    <Section title={t('tester')}>
      <div className={routing.panel}>
        <div className={routing.form}>
          <Select label={t('country')} value={country} data={offers.country} searchable allowDeselect={false} onChange={(v) => v && setCountry(v)} />
          <TextInput label={t('postcode')} value={postcode} maxLength={20} onChange={(e) => setPostcode(e.currentTarget.value)} />
          <NumberInput label={t('weight')} value={kg} min={0} suffix=" kg" hideControls onChange={(v) => setKg(v === '' ? '' : Number(v))} />
        </div>
        <div role="status">
          {found.length === 0 ? (
            <p className="sy-muted">{t('tester.none')}</p>
          ) : (
            <ul className={css.found} aria-label={t('tester')}>
              {found.map((r) => (
                <li key={r.service}>
                  <strong>{r.service}</strong>
                  <span className="sy-muted">{t('tester.by', { zone: r.zone, days: r.transitDays })}</span>
                  <span className={css.amount}><Money minor={r.priceMinor} currency={card.currency} /></span>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </Section>
  );
}

function useUsers(code: string): string[] | undefined {
  const { data } = useQuery(cardsOptions);
  return data?.find((c) => c.code === code)?.nodes;
}

function Users({ card, canWrite, onChange }: { card: Card; canWrite: boolean; onChange: () => void }) {
  const t = useTexts(en);
  const users = useUsers(card.code);
  return (
    <Section title={t('card.users')} actions={canWrite && <Button size="compact-sm" variant="default" onClick={onChange}>{t('change')}</Button>}>
      <div className={routing.panel}>
        {users?.length ? (
          <span className="sy-row sy-row-wrap">{users.map((n) => <Link key={n} to={`/nodes/${encodeURIComponent(n)}` as string}>{n}</Link>)}</span>
        ) : (
          <span className="sy-muted">{t('card.usersNone')}</span>
        )}
      </div>
    </Section>
  );
}

/** The zones of the card are its own: which countries and postcodes each one is. */
function Zones({ card }: { card: Card }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  const zones = [...new Set(card.areas.map((a) => a.zone))];
  return (
    <Section title={t('card.zones')} beside={zones.length}>
      <ScrollPanel label={t('card.zones')}>
        <table className={routing.table}>
          <tbody>
            {zones.map((zone) => (
              <tr key={zone}>
                <th scope="row"><bdi>{zone}</bdi></th>
                <td>
                  {card.areas
                    .filter((a) => a.zone === zone)
                    .map((a) => (a.country ? [names.of(a.country) ?? a.country, a.postcodePrefix].filter(Boolean).join(' ') : t('card.everywhere')))
                    .join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
    </Section>
  );
}

/** Which nodes send by the card: each keeps its other cards. */
function UseCard({ card, onClose }: { card: Card; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const before = useUsers(card.code) ?? [];
  const { data: nodes } = useQuery(allNodesOptions);
  const [wanted, setWanted] = useState<string[]>(before);
  const save = useMutation({
    mutationFn: async () => {
      for (const code of [...new Set([...wanted, ...before])]) {
        if (wanted.includes(code) === before.includes(code)) continue;
        const path = { params: { path: { code } } };
        const { cards } = await ask(api.GET('/api/v1/nodes/{code}/rate-cards', path));
        const rest = cards.filter((c) => c !== card.code);
        await ask(api.PUT('/api/v1/nodes/{code}/rate-cards', { ...path, body: { cards: wanted.includes(code) ? [...rest, card.code] : rest } }));
      }
    },
    onSuccess: () => {
      notify(t('card.usersSaved'));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['rate-cards'] }),
  });
  return (
    <Modal opened onClose={onClose} title={t('card.usersOf', { name: card.name })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          save.mutate();
        }}
      >
        <p className="sy-muted">{t('card.usersText')}</p>
        <MultiSelect label={t('card.users')} value={wanted} onChange={setWanted} data={(nodes ?? []).map((n) => ({ value: n.code, label: `${n.code} ${n.name}` }))} searchable hidePickedOptions data-autofocus />
        <ProblemAlert error={save.error} />
        <div className={routing.buttons}>
          <Button variant="default" onClick={onClose}>{t('back')}</Button>
          <Button type="submit" loading={save.isPending}>{t('card.usersSave')}</Button>
        </div>
      </form>
    </Modal>
  );
}

function RemoveCard({ card, onClose }: { card: Card; onClose: () => void }) {
  const t = useTexts(en);
  const { list } = useFormat();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const users = useUsers(card.code) ?? [];
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/rate-cards/{code}', { params: { path: { code: card.code } } })),
    onSuccess: () => {
      void navigate({ to: '/routing/rate-cards' as string });
      void queries.invalidateQueries({ queryKey: ['rate-cards', 'all'] });
      notify(t('card.removed', { name: card.name }));
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('card.remove', { name: card.name })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <p>{users.length > 0 ? t('card.removeUsed', { nodes: list(users), n: users.length }) : t('card.removeFree', { n: card.rates.length })}</p>
        <ProblemAlert error={remove.error} />
        <div className={routing.buttons}>
          <Button variant="default" onClick={onClose}>{t('back')}</Button>
          {users.length === 0 && <Button color="danger" loading={remove.isPending} onClick={() => remove.mutate()}>{t('card.removeNow')}</Button>}
        </div>
      </div>
    </Modal>
  );
}
