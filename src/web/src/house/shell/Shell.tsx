import { useMantineColorScheme } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { pages } from '../../rooms.ts';
import { keysOf } from '../pages.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useKeys } from '../keys.ts';
import { follow, useLive, type LoggedEvent } from '../live.ts';
import { UndoToasts } from '../parts/UndoToast.tsx';
import { usePreference } from '../preferences.ts';
import { useMay, useSession } from '../session.tsx';
import { Header } from './Header.tsx';
import { Nav } from './Nav.tsx';
import { Boundary } from './RouteProblem.tsx';
import css from './Shell.module.css';
import en from './texts.en.ts';

const NavDrawer = lazy(() => import('./NavDrawer.tsx'));
const Palette = lazy(() => import('./Palette.tsx'));
const KeySheet = lazy(() => import('./KeySheet.tsx'));

/** What stands around every page. */
export function Shell() {
  const t = useTexts(en);
  const may = useMay();
  const { session } = useSession();
  const navigate = useNavigate();
  const [panel, setPanel] = useState<'palette' | 'keys' | null>(null);
  const [isNavOpen, nav] = useDisclosure(false);
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [density] = usePreference('density', 'usual');
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
  useEffect(() => follow(may('events:read'), session.merchant), [may, session.merchant]);
  useFreshAnswers();
  // Chosen on another machine.
  const { setColorScheme } = useMantineColorScheme();
  const [appearance] = usePreference<'light' | 'dark' | 'auto' | null>('appearance', null);
  useEffect(() => {
    if (appearance) setColorScheme(appearance);
  }, [appearance, setColorScheme]);
  const main = useFocusOnNewPage();
  const isBare = useLocation({ select: (l) => pages.some((p) => p.isBare && p.path === l.pathname.replace(/(.)\/$/, '$1')) });

  useEffect(() => {
    const open = (e: KeyboardEvent) => {
      if (!(e.ctrlKey || e.metaKey) || e.key.toLowerCase() !== 'k' || e.shiftKey || e.altKey) return;
      e.preventDefault();
      setPanel('palette');
    };
    document.addEventListener('keydown', open);
    return () => document.removeEventListener('keydown', open);
  }, []);
  useKeys({
    '?': () => setPanel('keys'),
    w: () => {
      const row = document.activeElement?.closest('[data-row]');
      const why = (row ?? document).querySelector<HTMLElement>('[data-why]');
      if (!why) return false;
      why.click();
      return true;
    },
    ...Object.fromEntries(pages.filter((p) => keysOf(p) && may(p.permission)).map((p) => [keysOf(p)!, () => void navigate({ to: p.path })])),
  });

  if (isBare)
    return (
      <main className={css.bare} id="page" tabIndex={-1} ref={main}>
        <Boundary>
          <Outlet />
        </Boundary>
      </main>
    );
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#page">
        {t('skip')}
      </a>
      <Header onMenu={isPhone ? nav.open : null} onSearch={() => setPanel('palette')} onKeys={() => setPanel('keys')} />
      {isPhone ? (
        <Suspense>{isNavOpen && <NavDrawer onClose={nav.close} />}</Suspense>
      ) : (
        <div className={css.nav}>
          <Nav />
        </div>
      )}
      <main className={css.page} id="page" tabIndex={-1} ref={main}>
        <Boundary>
          <Outlet />
        </Boundary>
      </main>
      <UndoToasts />
      <Suspense>
        {panel === 'palette' && <Palette onClose={() => setPanel(null)} onKeys={() => setPanel('keys')} />}
        {panel === 'keys' && <KeySheet onClose={() => setPanel(null)} />}
      </Suspense>
    </div>
  );
}

/** Another page begins at its heading, for readers and for the keys; a change of the query leaves focus where it is. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const path = useLocation({ select: (l) => l.pathname });
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

/** Whatever is shown of a thing is asked for anew when the log says that it changed. Lists are left to `useFresh`. */
function useFreshAnswers() {
  const queries = useQueryClient();
  useLive(
    useCallback(
      (events: LoggedEvent[]) => {
        const changed = new Set(events.map((e) => e.aggregateId));
        void queries.invalidateQueries({ predicate: (q) => q.queryKey.some((part) => typeof part === 'string' && changed.has(part)) });
        if (events.some((e) => e.kind.startsWith('Hold') || e.kind.startsWith('Exception'))) void queries.invalidateQueries({ queryKey: ['attention', 'counts'] });
      },
      [queries],
    ),
    useCallback(() => void queries.invalidateQueries({ predicate: (q) => !q.queryKey.includes('list') && q.queryKey[0] !== 'session' }), [queries]),
  );
}
