import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type ComponentType, type KeyboardEvent } from 'react';
import { pages } from '../../rooms.ts';
import { api, ask } from '../api/client.ts';
import { IconKeyboard, IconLogout, IconOrders, IconPackage, IconSearch, IconUser } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { navIcons } from '../navIcons.ts';
import { useMay, useSession } from '../session.tsx';
import css from './Palette.module.css';
import en from './texts.en.ts';

interface Choice {
  id: string;
  group: string;
  name: string;
  more?: string | undefined;
  icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
  keys?: string | undefined;
  act: () => void;
}

/** Ctrl K: a page, an order by number, a customer, a product, or something one may do. */
export default function Palette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const t = useTexts(en);
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const choices = useChoices(text, onClose, onKeys);
  const chosen = Math.min(at, choices.length - 1);
  const press = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      const next = (chosen + (e.key === 'ArrowDown' ? 1 : choices.length - 1)) % Math.max(1, choices.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (e.key === 'Enter') {
      e.preventDefault();
      choices[chosen]?.act();
    }
  };
  return (
    <Modal opened onClose={onClose} withCloseButton={false} size="lg" yOffset="12vh" classNames={{ body: css.body! }} aria-label={t('palette.label')}>
      <div className={css.field}>
        <IconSearch size={16} aria-hidden />
        <input
          className={css.input}
          value={text}
          data-autofocus
          placeholder={t('palette.hint')}
          aria-label={t('palette.label')}
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={choices[chosen] ? `${id}-${chosen}` : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={(e) => {
            setText(e.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div className={css.list} id={`${id}-list`} role="listbox" aria-label={t('palette.label')}>
        {choices.map((choice, i) => (
          <div key={choice.id}>
            {choice.group !== choices[i - 1]?.group && (
              <div className={css.group} role="presentation">
                {choice.group}
              </div>
            )}
            {/* The field keeps focus and has the keys; this is for the pointer. */}
            {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
            <div id={`${id}-${i}`} role="option" aria-selected={i === chosen} className={css.choice} onClick={choice.act} onMouseMove={() => setAt(i)}>
              <choice.icon size={16} aria-hidden />
              <bdi className={css.name}>{choice.name}</bdi>
              {choice.more && <span className={css.more}>{choice.more}</span>}
              {choice.keys && <kbd className={css.key}>{choice.keys.toUpperCase()}</kbd>}
            </div>
          </div>
        ))}
        {choices.length === 0 && <p className={css.none}>{t('palette.none')}</p>}
      </div>
    </Modal>
  );
}

function useChoices(text: string, onClose: () => void, onKeys: () => void): Choice[] {
  const t = useTexts(en);
  const may = useMay();
  const { signOut } = useSession();
  const navigate = useNavigate();
  const typed = text.trim().toLowerCase();
  const [asked] = useDebouncedValue(text.trim().replace(/^#/, ''), 180);
  const isAsked = asked.length >= 2 && typed !== '';
  const options = { staleTime: 10_000, retry: false } as const;
  const orders = useQuery({
    ...options,
    queryKey: ['palette', 'orders', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders', { params: { query: { query: wordsOf(asked), limit: 5 } }, signal })),
    enabled: isAsked && may('orders:read'),
  });
  const customers = useQuery({
    ...options,
    queryKey: ['palette', 'customers', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/customers', { params: { query: { query: asked, limit: 4 } as never }, signal })),
    enabled: isAsked && may('customers:read'),
  });
  const products = useQuery({
    ...options,
    queryKey: ['palette', 'products', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/products', { params: { query: { query: asked, limit: 4 } as never }, signal })),
    enabled: isAsked && may('catalog:read'),
  });

  const go = (to: string, search?: Record<string, string>) => () => {
    onClose();
    void navigate({ to, ...(search ? { search: search as never } : {}) });
  };
  const has = (name: string) => typed === '' || name.toLowerCase().includes(typed);
  const allowed = pages.filter((p) => may(p.permission));
  const found: Choice[] = [];
  if (isAsked) {
    for (const o of orders.data?.data ?? [])
      found.push({ id: String(o.id), group: t('palette.orders'), name: `#${o.number}`, more: [o.customer?.name, o.shippingAddress?.city].filter(Boolean).join(', '), icon: IconOrders, act: go(`/orders/${o.id}`) });
    for (const c of (customers.data?.data ?? []) as { id: string; name?: string | null; email?: string | null }[])
      found.push({ id: String(c.id), group: t('palette.customers'), name: c.name ?? c.email ?? String(c.id), more: c.email ?? undefined, icon: IconUser, act: go(`/customers/${c.id}`) });
    for (const p of (products.data?.data ?? []) as { sku: string; name?: string | null }[])
      found.push({ id: p.sku, group: t('palette.products'), name: p.sku, more: p.name ?? undefined, icon: IconPackage, act: go(`/catalogue/${encodeURIComponent(p.sku)}`) });
  }
  for (const p of allowed)
    if (p.nav && has(t(p.nav.name))) found.push({ id: p.path, group: t('palette.pages'), name: t(p.nav.name), icon: navIcons[p.nav.icon], keys: p.nav.keys, act: go(p.path) });
  for (const p of allowed)
    if (p.command && has(t(p.command.name))) found.push({ id: `do:${p.path}`, group: t('palette.actions'), name: t(p.command.name), icon: navIcons[p.command.icon], keys: p.command.keys, act: go(p.path) });
  if (has(t('shortcuts'))) found.push({ id: 'keys', group: t('palette.actions'), name: t('shortcuts'), icon: IconKeyboard, keys: '?', act: onKeys });
  if (has(t('signOut'))) found.push({ id: 'out', group: t('palette.actions'), name: t('signOut'), icon: IconLogout, act: () => void signOut() });
  if (typed !== '' && may('orders:read'))
    found.push({ id: 'search', group: t('palette.actions'), name: t('palette.searchOrders', { text: text.trim() }), icon: IconSearch, act: go('/orders', { query: wordsOf(text.trim()) }) });
  return found;
}

/** Free words as the query language takes them: signs that mean something there go into quotes. */
const wordsOf = (text: string) => (/^[\p{L}\p{N}@._+\s-]+$/u.test(text) && !/^-|\s-/.test(text) ? text : `"${text.replaceAll('"', '')}"`);
