import { Navigate, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { useMay, type Permission } from '../session.tsx';
import en from './texts.en.ts';

/** A page that may not be seen says so, and who can change that. */
export function NeedsRight({ permission, children }: { permission?: Permission | readonly Permission[] | undefined; children: ReactNode }) {
  const may = useMay();
  const t = useTexts(en);
  const path = useLocation({ select: (l) => l.pathname });
  if (may(permission)) return children;
  // Somebody of a partner begins with its own work.
  if (path === '/' && may('partner:work')) return <Navigate to="/partner" replace />;
  return <EmptyState kind="noRight" isPage title={t('noRight.title')} text={t('noRight.text', { permission: [permission ?? ''].flat().join(', ') })} />;
}
