import { ActionIcon, Menu } from '@mantine/core';
import { IconMenu, IconSearch } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useSession } from '../session.tsx';
import mark from '../look/mark.svg';
import { Bell } from './Bell.tsx';
import css from './Header.module.css';
import { JobsTray } from './JobsTray.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { Stale } from './Stale.tsx';
import en from './texts.en.ts';

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
        <ActionIcon onClick={onMenu} aria-label={t('openNavigation')} size="var(--sy-control)">
          <IconMenu size={20} aria-hidden />
        </ActionIcon>
      ) : (
        <img className={css.mark} src={mark} alt="Switchyard" width={24} height={24} />
      )}
      <Scope />
      <button type="button" className={css.search} onClick={onSearch} aria-haspopup="dialog" aria-label={t('search')}>
        <IconSearch size={16} aria-hidden />
        <span className={css.searchText}>{t('search')}</span>
        <kbd className={css.key}>Ctrl K</kbd>
      </button>
      <div className={css.end}>
        <Stale />
        <JobsTray />
        <Bell />
        <PersonMenu onKeys={onKeys} />
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
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={css.scope} aria-label={`${t('merchant')}: ${here?.name ?? ''}`}>
          {words}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {session.merchants.map((m) => (
          <Menu.Item key={m.code} onClick={() => chooseMerchant(m.code)}>
            {m.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
