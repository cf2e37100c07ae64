import { useState, type KeyboardEvent, type RefObject } from 'react';
import { useColleagues, type Colleague } from '@house/useColleagues.ts';
import { mentionAt } from './mentions.ts';

const most = 6;

/** Colleagues offered while `@na…` is being written; taken by Enter, Tab or the pointer. */
export function useMention(text: string, setText: (text: string) => void, field: RefObject<HTMLTextAreaElement | null>) {
  const colleagues = useColleagues();
  const [cursor, setCursor] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [isShut, setShut] = useState(false);
  const mention = mentionAt(text, cursor);
  const typed = mention?.typed.toLocaleLowerCase() ?? '';
  const offers =
    mention === null || isShut
      ? []
      : colleagues
          .filter((c) => !c.isDisabled && c.userName.toLocaleLowerCase() !== typed)
          .filter((c) => c.userName.toLocaleLowerCase().startsWith(typed) || c.displayName.toLocaleLowerCase().split(/\s+/).some((word) => word.startsWith(typed)))
          .slice(0, most);
  const at = Math.min(chosen, offers.length - 1);
  const take = (colleague: Colleague) => {
    const next = `${text.slice(0, mention!.start)}@${colleague.userName} `;
    setText(next + text.slice(cursor));
    setCursor(next.length);
    requestAnimationFrame(() => field.current?.setSelectionRange(next.length, next.length));
  };
  return {
    offers,
    chosen: at,
    take,
    moved: (to: number) => {
      setCursor(to);
      setShut(false);
      setChosen(0);
    },
    shut: () => setShut(true),
    /** True when the key was for the offers. */
    press: (e: KeyboardEvent): boolean => {
      const offer = offers[at];
      if (offer === undefined || e.nativeEvent.isComposing) return false;
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') setChosen((at + (e.key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length);
      else if (e.key === 'Enter' || e.key === 'Tab') take(offer);
      else if (e.key === 'Escape') setShut(true);
      else return false;
      e.preventDefault();
      e.stopPropagation();
      return true;
    },
  };
}
