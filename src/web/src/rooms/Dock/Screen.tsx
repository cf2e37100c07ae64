import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { IconArrowLeft } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useShellWorker } from '@house/offline/worker.ts';
import { useDevice } from '@house/scan/device.ts';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import css from '@rooms/Handheld/Handheld.module.css';
import { useAwake } from '@rooms/Handheld/useAwake.ts';
import en from './texts.en.ts';
import type { Dock } from './useDock.ts';
import { useNode } from './useNode.ts';

/** What the pages of the dock share: the device's frame, and that somebody has said where they work. */
export function Screen({ title, dock, children }: { title: string; dock: Dock; children: (node: string) => ReactNode }) {
  const t = useTexts(en);
  const [device] = useDevice();
  const node = useNode();
  useShellWorker(dock.isRead && dock.sheet === null && dock.waiting.length === 0);
  useAwake(dock.sheet !== null);
  useEffect(() => {
    document.title = `${title} · Switchyard`;
  }, [title]);
  if (!dock.isRead) return <div className={css.device} aria-busy />;
  return (
    <div className={css.device} data-hand={device.leftHand ? 'left' : 'right'} data-gloves={device.gloves || undefined}>
      {(dock.sheet?.delivery.node ?? node) !== null ? (
        children(dock.sheet?.delivery.node ?? node!)
      ) : (
        <>
          <header className={css.bar}>
            <Link to="/handheld" className={css.back} aria-label={t('home')}>
              <IconArrowLeft size={24} aria-hidden />
            </Link>
            <h1 className={css.title}>{title}</h1>
          </header>
          <EmptyState kind="first" title={t('noNode')} action={<Link to="/handheld">{t('toHome')}</Link>} />
        </>
      )}
    </div>
  );
}
