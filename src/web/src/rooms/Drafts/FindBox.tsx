import { useId, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { IconSearch } from '@house/icons.ts';
import css from './FindBox.module.css';

interface Props<T> {
  label: string;
  hint: string;
  text: string;
  onText: (text: string) => void;
  items: readonly T[];
  idOf: (item: T) => string;
  show: (item: T) => ReactNode;
  onPick: (item: T) => void;
  /** Enter without having chosen one; true: taken, false: the first of the list is chosen. */
  onEnter: (text: string) => boolean;
  input?: Ref<HTMLInputElement>;
  isBusy: boolean;
  fault?: string | null | undefined;
  /** Of scanners and codes: no spelling, no capitals. */
  isCode?: boolean;
}

/** A field by which a thing is found while one types: arrows choose, Enter takes. The field keeps the focus. */
export function FindBox<T>({ label, hint, text, onText, items, idOf, show, onPick, onEnter, input, isBusy, fault, isCode = false }: Props<T>) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  // By its id: what is found comes late, and another must not take the place of the chosen one between an arrow and Enter. 0 is the first that comes.
  const [at, setAt] = useState<string | 0 | null>(null);
  const shown = isOpen ? items : [];
  const chosen = at === 0 ? Math.min(0, shown.length - 1) : shown.findIndex((item) => idOf(item) === at);
  const pick = (item: T) => {
    setAt(null);
    setOpen(false);
    onPick(item);
  };
  const press = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setOpen(true);
      if (items.length === 0) return;
      const next = e.key === 'ArrowDown' ? (chosen + 1) % items.length : chosen <= 0 ? items.length - 1 : chosen - 1;
      setAt(idOf(items[next]!));
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (e.key === 'Enter' && !e.ctrlKey && !e.metaKey) {
      e.preventDefault();
      if (shown[chosen] !== undefined) pick(shown[chosen]);
      else if (text.trim() !== '' && onEnter(text)) setAt(null);
      else if (text.trim() !== '') {
        setOpen(true);
        setAt(0);
      }
    } else if (e.key === 'Escape' && isOpen) {
      e.preventDefault();
      setOpen(false);
      setAt(null);
    }
  };
  return (
    <div className={css.outer}>
      <div className={css.box} data-fault={fault ? true : undefined}>
        <IconSearch className={css.mark} aria-hidden />
        <input
          ref={input}
          className={css.input}
          value={text}
          placeholder={hint}
          role="combobox"
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={shown.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen >= 0 && shown[chosen] !== undefined ? `${id}-${chosen}` : undefined}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${id}-fault` : undefined}
          autoComplete="off"
          autoCapitalize={isCode ? 'none' : 'words'}
          spellCheck={false}
          dir="auto"
          onChange={(e) => {
            onText(e.currentTarget.value);
            setOpen(true);
            setAt(null);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={press}
        />
        <span className={css.busy} data-on={isBusy || undefined} aria-hidden />
      </div>
      <ul className={css.list} id={`${id}-list`} role="listbox" aria-label={label} hidden={shown.length === 0}>
        {shown.map((item, i) => (
          // The field keeps focus and has the keys; this is for the pointer.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li key={idOf(item)} id={`${id}-${i}`} role="option" aria-selected={i === chosen} className={css.option} onMouseDown={(e) => e.preventDefault()} onMouseMove={() => setAt(idOf(item))} onClick={() => pick(item)}>
            {show(item)}
          </li>
        ))}
      </ul>
      {fault && (
        <p className={css.fault} id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
