import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { countryOf } from './addresses.ts';
import { askedOf, packOf, readEntry, withUnits, type Product } from './draft.ts';
import { FindBox } from './FindBox.tsx';
import { GoodsLine, Stock, type Availability } from './GoodsLine.tsx';
import css from './GoodsPart.module.css';
import type { Part } from './part.ts';
import en from './texts.en.ts';

/** What is ordered: added by name, SKU or scan; each line says what it costs, and whether it is there or when it will be. */
export function GoodsPart(part: Part & { isSaving: boolean }) {
  const { form, change, view, keys, faults } = part;
  const t = useTexts(en);
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [looking, setLooking] = useState(0);
  const [fault, setFault] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { quantity, text: wanted } = readEntry(text);
  const { products, isOfText, isBusy } = useProducts(wanted);
  const offered = useAvailability(products.map((p) => ({ sku: p.sku, quantity })), form);
  const standing = useAvailability(form.lines.map((l) => ({ sku: l.sku, quantity: l.quantity })), form);

  const add = (product: { sku: string; name: string }, units: number) => {
    change((now) => withUnits(now, product, units));
    const before = form.lines.find((l) => l.sku === product.sku)?.quantity ?? 0;
    setTold(t('goods.added', { name: product.name, n: before + units }));
    setFault(null);
  };
  // A scanner ends each code with Enter and sends the next at once: the field is free again while this one is looked up.
  const enter = (typed: string) => {
    const { quantity: n, text: code } = readEntry(typed);
    const exact = products.find((p) => p.sku.toUpperCase() === code.toUpperCase());
    if (exact) {
      setText('');
      add(exact, n);
      return true;
    }
    // A list of what was typed a moment ago offers nothing: who scans a strange code shall not be given another product.
    if (/\s/.test(code) || (isOfText && products.length > 0 && !/\d/.test(code))) return products.length === 0 ? (setFault(t('goods.none', { text: code })), true) : false;
    setText('');
    setLooking((x) => x + 1);
    void lookUp(code, (key, get) => queries.fetchQuery({ queryKey: ['drafts', 'find', ...key], queryFn: get, staleTime: 60_000, retry: false }))
      .then((product) => {
        if (product) add(product, n * packOf(product, code));
        else {
          setFault(t('goods.none', { text: code }));
          setText((now) => now || code);
        }
      })
      .catch((e: unknown) => setFault(e instanceof Error ? e.message : String(e)))
      .finally(() => setLooking((x) => x - 1));
    return true;
  };

  return (
    <Section title={t('goods')} beside={form.lines.length > 0 ? t('goods.count', { n: form.lines.reduce((sum, l) => sum + l.quantity, 0) }) : null}>
      <div data-place="lines">
        <FindBox<Product>
          label={t('goods.find')}
          hint={t('goods.hint')}
          text={text}
          onText={(next) => {
            setText(next);
            setFault(null);
          }}
          items={products}
          idOf={(p) => p.sku}
          show={(p) => <Offer product={p} currency={form.currency} at={offered?.get(p.sku)} />}
          onPick={(p) => {
            setText('');
            add(p, quantity);
          }}
          onEnter={enter}
          input={input}
          isBusy={isBusy || looking > 0}
          fault={fault ?? faults['lines']}
          isCode
        />
        <p className="sy-hidden" role="status">
          {told}
        </p>
      </div>
      {form.lines.length === 0 ? (
        <p className="sy-muted">{t('goods.empty')}</p>
      ) : (
        <ul className={css.lines} aria-label={t('goods')}>
          {form.lines.map((line) => (
            <GoodsLine
              key={line.key}
              line={line}
              part={part}
              priced={view?.lines[keys.indexOf(line.key)]}
              ahead={part.preview?.lines.find((l) => l.no === keys.indexOf(line.key) + 1)}
              at={standing?.get(line.sku)}
              onRemove={() => {
                change((now) => ({ ...now, lines: now.lines.filter((l) => l.key !== line.key) }));
                setTold(t('goods.removed', { name: line.name }));
                input.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Offer({ product, currency, at }: { product: Product; currency: string; at: Availability | undefined }) {
  const price = product.prices.find((p) => p.currency === currency);
  return (
    <span className={css.offer}>
      <span className={css.offerName}>
        <span className="sy-clip" dir="auto">
          {product.name}
        </span>
        <bdi className="sy-code sy-meta">{product.sku}</bdi>
      </span>
      {at && <Stock at={at} quantity={at.quantity} />}
      {price && <Money minor={price.priceMinor} currency={currency} />}
    </span>
  );
}

function useProducts(wanted: string) {
  const may = useMay();
  const [asked] = useDebouncedValue(wanted, 150);
  const isAsked = asked.length >= 2 && wanted.length >= 2 && may('catalog:read');
  const found = useQuery({
    queryKey: ['drafts', 'find', 'products', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/products', { params: { query: { query: `${askedOf(asked)} active:yes`, limit: 8 } }, signal })),
    enabled: isAsked,
    retry: false,
  });
  return { products: isAsked ? ((found.data?.data ?? []) as Product[]) : [], isOfText: asked === wanted, isBusy: found.isFetching };
}

/** What could be promised of these to where the order goes, by SKU; where that is not known yet, in the agent's own country. */
function useAvailability(items: { sku: string; quantity: number }[], form: Part['form']) {
  const may = useMay();
  const { locale } = useSpeech();
  const country = form.shipping?.country && form.shipping.country.length === 2 ? form.shipping.country : countryOf(locale);
  const postcode = form.shipping?.postcode?.trim().slice(0, 20) || null;
  const asked = JSON.stringify({ items, destination: { country, postcode }, channel: form.channel, methods: null });
  const [body] = useDebouncedValue(asked, 200);
  const { data } = useQuery({
    queryKey: ['drafts', 'availability', body],
    queryFn: ({ signal }) => ask(api.POST('/api/v1/availability', { body: JSON.parse(body) as Schema['CheckAvailabilityRequest'], signal })),
    enabled: items.length > 0 && items.length <= 200 && may('inventory:read') && body === asked,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  return data && new Map(data.items.map((i) => [i.sku, i]));
}

/** A product by SKU or by any code of it; null when nobody knows it. */
async function lookUp(code: string, get: (key: string[], find: () => Promise<Product>) => Promise<Product>): Promise<Product | null> {
  const bySku = () => get(['sku', code], () => ask(api.GET('/api/v1/products/{sku}', { params: { path: { sku: code } } })));
  const byCode = () => get(['barcode', code], () => ask(api.GET('/api/v1/products/by-barcode/{barcode}', { params: { path: { barcode: code } } })));
  const ways = /^\d{8,14}$/.test(code) ? [byCode, bySku] : [bySku, byCode];
  for (const way of ways) {
    try {
      return await way();
    } catch (e) {
      if (!(e instanceof ApiError) || (e.status !== 404 && e.status !== 400)) throw e;
    }
  }
  return null;
}
