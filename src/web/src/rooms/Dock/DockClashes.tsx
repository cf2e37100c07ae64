import { useTexts } from '@house/i18n/useTexts.tsx';
import { OwnClashes } from '@rooms/Handheld/OwnClashes.tsx';
import en from './texts.en.ts';
import type { Dock } from './useDock.ts';

/** What was done at the dock and was refused. */
export function DockClashes({ dock }: { dock: Dock }) {
  const t = useTexts(en);
  return <OwnClashes clashes={dock.clashes} t={t} deedOf={({ kind, about }) => t(kind === 'receive' ? 'clashOfReceipt' : 'clashOfMove', { n: about.units, where: about.where })} settle={dock.settle} />;
}
