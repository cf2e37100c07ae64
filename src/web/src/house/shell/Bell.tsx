import { ActionIcon, Popover } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { IconBell } from '../icons.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useAttention } from './useAttention.ts';
import css from './Header.module.css';
import kindsOf from '../words/texts.en.ts';
import en from './texts.en.ts';

/** What waits for a person, by kind; each opens its part of the queue. */
export function Bell() {
  const t = useTexts(en);
  const word = useTexts(kindsOf);
  const { number } = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { kinds, total, isMore } = useAttention();
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width="min(380px, calc(100vw - 24px))">
      <Popover.Target>
        <ActionIcon className={css.icon} size="var(--sy-control)" onClick={() => setOpen(!isOpen)} aria-label={`${t('bell')}: ${t('bellCount', { n: total })}`}>
          <IconBell size={20} stroke={1.6} aria-hidden />
          {total > 0 && (
            <span className={css.count} aria-hidden>
              {total > 99 ? '99+' : number(total)}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.tray}>
        <div className={css.trayHead}>
          <span>{t('bellCount', { n: total })}</span>
          <Link to="/exceptions" onClick={() => setOpen(false)}>
            {t('bellAll')}
          </Link>
        </div>
        <ul className={css.kinds}>
          {kinds
            .filter((k) => k.count > 0)
            .sort((a, b) => b.count - a.count)
            .map((k) => (
              <li key={k.kind}>
                <Link className={css.kind} to="/exceptions" search={{ kind: k.kind } as never} onClick={() => setOpen(false)}>
                  <span>{word.maybe(`hold.${k.kind}`)}</span>
                  <span className="sy-muted">
                    {number(k.count)}
                    {k.isMore || (isMore && k.isMore) ? '+' : ''}
                  </span>
                </Link>
              </li>
            ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
