import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { api, ask } from '../api/client.ts';
import { ApiError } from '../api/problem.ts';
import { IconSearch, IconX } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useKeys } from '../keys.ts';
import { termsOf, without, wordAt } from './query.ts';
import css from './QueryBar.module.css';
import en from './texts.en.ts';

interface Props {
  /** The list's name at GET /search/fields, such as "orders". */
  list: string;
  query: string;
  onQuery: (query: string) => void;
  /** The list's error: one of the query shows here with its column. */
  error?: unknown;
  /** At the end of the bar: columns, density, save. */
  children?: ReactNode;
  /** Lists without a query language of their own: only words. */
  placeholder?: string;
}

interface Offer {
  insert: string;
  name: string;
  meaning?: string | undefined;
}

/** Where a list is searched: applied conditions as chips, names of fields and values offered while typing, the fault shown at its place. */
export function QueryBar({ list, query, onQuery, error, children, placeholder }: Props) {
  const t = useTexts(en);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [cursor, setCursor] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const { data: known } = useQuery({
    queryKey: ['search', 'fields', list],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/search/fields', { params: { query: { list } }, signal })),
    staleTime: Infinity,
    retry: false,
  });
  useKeys({ '/': () => input.current?.focus() });

  const fault = error instanceof ApiError && error.fields.some((f) => f.pointer.endsWith('query')) ? error : null;
  // A query that cannot be read goes back into the field, to be mended there.
  const isFaulty = fault !== null;
  useEffect(() => {
    if (isFaulty) setText((now) => now || query);
  }, [isFaulty, query]);
  const terms = isFaulty ? [] : termsOf(query);

  const word = wordAt(text, cursor);
  const field = known?.fields.find((f) => f.name === word.field || f.aliases.includes(word.field ?? ''));
  const typed = word.typed.toLowerCase();
  const offers: Offer[] = !isOpen
    ? []
    : word.field === null
      ? (known?.fields ?? [])
          .filter((f) => typed === '' || f.name.toLowerCase().startsWith(typed))
          .slice(0, 10)
          .map((f) => ({ insert: `${f.name}:`, name: `${f.name}:`, meaning: f.meaning }))
      : (field?.values ?? (field?.type === 'yesNo' ? ['yes', 'no'] : field?.type === 'instant' ? ['today', 'yesterday', '>-7d', '>-30d'] : []))
          .filter((v) => v.toLowerCase().startsWith(typed) && v.toLowerCase() !== typed)
          .slice(0, 12)
          .map((v) => ({ insert: `${v} `, name: v }));

  const take = (offer: Offer) => {
    const next = text.slice(0, word.start) + offer.insert + text.slice(cursor);
    const at = word.start + offer.insert.length;
    setText(next);
    setCursor(at);
    setChosen(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  };
  const apply = () => {
    const next = [isFaulty ? '' : query, text].map((part) => part.trim()).filter(Boolean).join(' ');
    setText('');
    setOpen(false);
    if (next !== query) onQuery(next);
  };
  const press = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setOpen(true);
      if (offers.length > 0) setChosen((now) => (now + (e.key === 'ArrowDown' ? 1 : offers.length) + (now < 0 && e.key === 'ArrowUp' ? 1 : 0)) % offers.length);
    } else if ((e.key === 'Enter' || e.key === 'Tab') && offers[chosen]) {
      e.preventDefault();
      take(offers[chosen]);
    } else if (e.key === 'Enter') {
      e.preventDefault();
      apply();
    } else if (e.key === 'Escape') {
      if (isOpen) setOpen(false);
      else input.current?.blur();
    } else if (e.key === 'Backspace' && text === '' && terms.length > 0) {
      e.preventDefault();
      setText(terms.at(-1)!.text);
      onQuery(without(query, terms.length - 1));
    }
  };

  return (
    <div className={css.outer}>
      <div className={css.bar} role="search">
        <IconSearch className={css.mark} aria-hidden />
        {terms.map((term, i) => (
          <span key={`${term.start}`} className={css.chip}>
            <button
              type="button"
              className={css.chipText}
              aria-label={t('query.edit', { term: term.text })}
              onClick={() => {
                setText(term.text);
                onQuery(without(query, i));
                input.current?.focus();
              }}
            >
              <bdi>{term.text}</bdi>
            </button>
            <button type="button" className={css.chipOut} aria-label={t('query.remove', { term: term.text })} onClick={() => onQuery(without(query, i))}>
              <IconX size={12} aria-hidden />
            </button>
          </span>
        ))}
        <input
          ref={input}
          className={css.input}
          value={text}
          placeholder={terms.length > 0 ? t('query.more') : (placeholder ?? t('query.placeholder'))}
          role="combobox"
          aria-label={t('query.label')}
          aria-expanded={offers.length > 0}
          aria-controls={`${id}-offers`}
          aria-activedescendant={chosen >= 0 && offers[chosen] ? `${id}-${chosen}` : undefined}
          aria-autocomplete="list"
          aria-invalid={isFaulty || undefined}
          aria-describedby={isFaulty ? `${id}-fault` : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="auto"
          onChange={(e) => {
            setText(e.currentTarget.value);
            setCursor(e.currentTarget.selectionStart ?? e.currentTarget.value.length);
            setOpen(true);
            setChosen(-1);
          }}
          onSelect={(e) => setCursor(e.currentTarget.selectionStart ?? 0)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={press}
        />
        {(query || text) && (
          <ActionIcon
            size={24}
            aria-label={t('query.clear')}
            onClick={() => {
              setText('');
              onQuery('');
            }}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        )}
        {children}
        <ul className={css.offers} id={`${id}-offers`} role="listbox" aria-label={t('query.offers')} hidden={offers.length === 0}>
          {offers.map((offer, i) => (
            // The field keeps focus and has the keys; this is for the pointer.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={offer.name}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === chosen}
              className={css.offer}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => {
                take(offer);
                input.current?.focus();
              }}
            >
              <span className="sy-strong">{offer.name}</span>
              {offer.meaning && <span className={css.meaning}>{offer.meaning}</span>}
            </li>
          ))}
        </ul>
      </div>
      {fault && <Fault id={`${id}-fault`} error={fault} query={query} />}
    </div>
  );
}

/** The query with the place where it stops being readable. */
function Fault({ id, error, query }: { id: string; error: ApiError; query: string }) {
  const column = typeof error.extra['column'] === 'number' ? error.extra['column'] : null;
  const at = column === null ? 0 : column - 1;
  const wrong = /^\S+/.exec(query.slice(at))?.[0] ?? '';
  return (
    <div className={css.fault} id={id} role="alert">
      {column !== null && (
        <code className={css.place}>
          {query.slice(0, at)}
          <mark>{wrong || '␣'}</mark>
          {query.slice(at + wrong.length)}
        </code>
      )}
      <span>{error.fields[0]?.detail ?? error.message}</span>
    </div>
  );
}
