import { Link, useLocation } from '@tanstack/react-router';
import { pages } from '../../rooms.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { navIcons } from '../navIcons.ts';
import type { NavGroup } from '../pages.ts';
import { useMay } from '../session.tsx';
import { useAttention } from './useAttention.ts';
import css from './Nav.module.css';
import en from './texts.en.ts';

const groups: NavGroup[] = ['work', 'stock', 'sell', 'insight', 'end'];

/** The pages a person may see, by what they are for. Only what waits for a person has a number. */
export function Nav({ onGo }: { onGo?: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  const path = useLocation({ select: (l) => l.pathname });
  const attention = useAttention();
  // Somebody of a partner sees its own work, and no page that is for everybody of the house.
  const isPartner = may('partner:work') && !may('nodes:read');
  const shown = pages.filter((p) => p.nav && may(p.permission) && !(p.nav.unless && may(p.nav.unless)) && !(isPartner && p.permission === undefined));
  // The longest address that begins this one: /settings/users belongs to Settings.
  const isWithin = (address: string) => path === address || path.startsWith(address === '/' ? '//' : `${address}/`);
  const here = shown.filter((p) => isWithin(p.path) || p.nav?.also?.some(isWithin)).sort((a, b) => b.path.length - a.path.length)[0];
  return (
    <nav className={css.nav} aria-label={t('navigation')}>
      {groups.map((group) => {
        const inside = shown.filter((p) => p.nav?.group === group);
        if (inside.length === 0) return null;
        return (
          <div key={group} className={css.group} data-group={group}>
            <h2 className={css.heading}>{t(`group.${group}`)}</h2>
            <ul className={css.list}>
              {inside.map((page) => {
                const Icon = navIcons[page.nav!.icon];
                const count = page.path === '/exceptions' ? attention.total : 0;
                return (
                  <li key={page.path}>
                    <Link to={page.path} className={css.item} aria-current={page === here ? 'page' : undefined} title={t(page.nav!.name)} {...(onGo ? { onClick: onGo } : {})}>
                      <Icon className={css.icon} aria-hidden />
                      <span className={css.name}>{t(page.nav!.name)}</span>
                      {count > 0 && (
                        <span className={css.count}>
                          {number(count)}
                          {attention.isMore ? '+' : ''}
                        </span>
                      )}
                    </Link>
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
