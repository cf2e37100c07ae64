import { lazy, Suspense } from 'react';
import { IconMenu, IconSearch } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useSession } from '../session.tsx';
import mark from '../look/mark.svg';
import css from './Header.module.css';
import en from './texts.en.ts';

const HeaderEnd = lazy(() => import('./HeaderEnd.tsx'));
const MerchantMenu = lazy(() => import('./MerchantMenu.tsx'));

interface Props {
  onMenu: (() => void) | null;
  onSearch: () => void;
  onKeys: () => void;
}

export function Header({ onMenu, onSearch, onKeys }: Props) {
  const t = useTexts(en);
  return (
    <header className={css.header}>
      {onMenu ? (
        <button type="button" className={css.menu} onClick={onMenu} aria-label={t('openNavigation')}>
          <IconMenu size={20} aria-hidden />
        </button>
      ) : (
        <img className={css.mark} src={mark} alt="Switchyard" width={24} height={24} />
      )}
      <Scope />
      <button type="button" className={css.search} onClick={onSearch} aria-haspopup="dialog" aria-label={`${t('search')} Ctrl K`}>
        <IconSearch size={16} aria-hidden />
        <span className={css.searchText}>{t('search')}</span>
        <kbd className={css.key}>Ctrl K</kbd>
      </button>
      <div className={css.end}>
        <Suspense>
          <HeaderEnd onKeys={onKeys} />
        </Suspense>
      </div>
    </header>
  );
}

/** The shop and the nodes one works for. A choice only where there is one. */
function Scope() {
  const t = useTexts(en);
  const { session, chooseMerchant } = useSession();
  const here = session.merchants.find((m) => m.code === session.merchant);
  const nodes = session.nodes ? t('someNodes', { n: session.nodes.length }) : t('allNodes');
  const words = (
    <>
      <span className={css.scopeName}>{here?.name ?? session.merchant}</span>
      <span className={css.scopeNodes} title={session.nodes?.join(', ')}>
        {nodes}
      </span>
    </>
  );
  if (session.merchants.length < 2) return <div className={css.scope}>{words}</div>;
  return (
    <Suspense fallback={<div className={css.scope}>{words}</div>}>
      <MerchantMenu merchants={session.merchants} onChoose={chooseMerchant}>
        <button type="button" className={css.scope} aria-label={`${t('merchant')}: ${here?.name ?? ''}`}>
          {words}
        </button>
      </MerchantMenu>
    </Suspense>
  );
}
