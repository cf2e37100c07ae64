import type { ReactNode } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { useMay, type Permission } from '../session.tsx';
import en from './texts.en.ts';

/** A page that may not be seen says so, and who can change that. */
export function NeedsRight({ permission, children }: { permission?: Permission | readonly Permission[] | undefined; children: ReactNode }) {
  const may = useMay();
  const t = useTexts(en);
  if (may(permission)) return children;
  return <EmptyState kind="noRight" isPage title={t('noRight.title')} text={t('noRight.text', { permission: [permission ?? ''].flat().join(', ') })} />;
}
